// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// Finds characters of web pages and word processors that look like a blank or a plain character, or are
/// invisible. Text is UTF-8, a byte a char.
public final class OddCharacter {
    /// The bytes and the name of each character.
    private static final String[][] KNOWN = {
        {"\u00c2\u00a0", "a no-break space (U+00A0)"},
        {"\u00c2\u00ad", "a soft hyphen (U+00AD)"},
        {"\u00e2\u0080\u0087", "a figure space (U+2007)"},
        {"\u00e2\u0080\u0089", "a thin space (U+2009)"},
        {"\u00e2\u0080\u008b", "a zero-width space (U+200B)"},
        {"\u00e2\u0080\u008c", "a zero-width non-joiner (U+200C)"},
        {"\u00e2\u0080\u008d", "a zero-width joiner (U+200D)"},
        {"\u00e2\u0080\u008e", "a left-to-right mark (U+200E)"},
        {"\u00e2\u0080\u0090", "a typographic hyphen (U+2010)"},
        {"\u00e2\u0080\u0091", "a no-break hyphen (U+2011)"},
        {"\u00e2\u0080\u0093", "an en dash (U+2013)"},
        {"\u00e2\u0080\u0094", "an em dash (U+2014)"},
        {"\u00e2\u0080\u0098", "a typographic quote (U+2018)"},
        {"\u00e2\u0080\u0099", "a typographic quote (U+2019)"},
        {"\u00e2\u0080\u009c", "a typographic quote (U+201C)"},
        {"\u00e2\u0080\u009d", "a typographic quote (U+201D)"},
        {"\u00e2\u0080\u00af", "a narrow no-break space (U+202F)"},
        {"\u00e2\u0081\u00a0", "a word joiner (U+2060)"},
        {"\u00e3\u0080\u0080", "an ideographic space (U+3000)"},
        {"\u00ef\u00bb\u00bf", "a byte order mark (U+FEFF)"},
        {"\u00ef\u00bc\u009d", "a full-width equals sign (U+FF1D)"},
        {"\u00a0", "a no-break space (0xA0)"},
    };

    private OddCharacter() {}

    /// The hint for the first such character in a file's `line`; empty when there is none. Comments do not count.
    public static String hint(String line) {
        int hash = line.indexOf('#');
        String text = hash < 0 ? line : line.substring(0, hash);
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < 0x80) {
                continue;
            }
            for (String[] known : KNOWN) {
                if (text.startsWith(known[0], at)) {
                    return "column " + (at + 1) + " has " + known[1] + ": type the plain character or remove it";
                }
            }
        }
        return "";
    }
}
