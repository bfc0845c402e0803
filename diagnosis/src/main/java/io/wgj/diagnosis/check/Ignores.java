// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.QuickFile;
import io.wgj.config.text.Ascii;

/// The comments `# wgj: ignore W012` of a file. They silence warnings of their own line, and of the line below
/// when nothing else stands beside them.
final class Ignores {
    private static final String MARK = "wgj: ignore ";

    private final QuickFile file;

    Ignores(QuickFile file) {
        this.file = file;
    }

    /// Whether a comment of the file silences `finding`. Errors stay: `up` would refuse the file all the same.
    boolean silence(Finding finding) {
        int line = finding.place().line();
        if (finding.code().isError()) {
            return false;
        }
        return names(text(line), finding.code())
                || text(line - 1).strip().startsWith("#") && names(text(line - 1), finding.code());
    }

    /// Whether a comment is for the checks.
    static boolean isIgnore(String line) {
        return line.indexOf('#') >= 0 && line.indexOf(MARK, line.indexOf('#')) >= 0;
    }

    private String text(int line) {
        return line < 1 || line > file.lines().size()
                ? ""
                : file.lines().get(line - 1).original();
    }

    private static boolean names(String line, CheckCode code) {
        int hash = line.indexOf('#');
        int at = hash < 0 ? -1 : line.indexOf(MARK, hash);
        if (at < 0) {
            return false;
        }
        int start = at + MARK.length();
        for (int i = start; i <= line.length(); i++) {
            boolean inWord = i < line.length() && (Ascii.isLetter(line.charAt(i)) || Ascii.isDigit(line.charAt(i)));
            if (!inWord) {
                if (line.substring(start, i).equalsIgnoreCase(code.text())) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }
}
