// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The names of routing tables in the files of iproute2, which are read when the first name is needed. The
/// first file that has a name or a number decides.
public final class TableFiles implements TableNames {
    private static final List<String> FOLDERS = List.of("/etc/iproute2", "/usr/share/iproute2", "/usr/lib/iproute2");

    private final List<String> folders;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private boolean read;

    /// The tables of this machine.
    public TableFiles() {
        this(FOLDERS);
    }

    TableFiles(List<String> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public OptionalInt number(String name) {
        OptionalInt standard = STANDARD.number(name);
        if (standard.isPresent()) {
            return standard;
        }
        read();
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public Optional<String> name(int number) {
        Optional<String> standard = STANDARD.name(number);
        if (standard.isPresent()) {
            return standard;
        }
        read();
        return Optional.ofNullable(names.get(number));
    }

    private void read() {
        if (read) {
            return;
        }
        read = true;
        for (String folder : folders) {
            file(folder + "/rt_tables");
            for (String name : namesIn(folder + "/rt_tables.d")) {
                if (name.endsWith(".conf") && !name.startsWith(".")) {
                    file(folder + "/rt_tables.d/" + name);
                }
            }
        }
    }

    private static List<String> namesIn(String folder) {
        try {
            List<String> sorted = new ArrayList<>(NativeFile.list(folder));
            Collections.sort(sorted);
            return sorted;
        } catch (SystemException _) {
            return List.of();
        }
    }

    /// A file that does not exist or cannot be read has no names.
    private void file(String path) {
        try {
            String text = Latin1.of(NativeFile.readAll(path));
            int start = 0;
            while (start < text.length()) {
                int end = text.indexOf('\n', start);
                line(text.substring(start, end < 0 ? text.length() : end).trim());
                start = end < 0 ? text.length() : end + 1;
            }
        } catch (SystemException _) {
            return;
        }
    }

    /// `NUMBER NAME`, the number in decimal or behind `0x`; other lines are comments.
    private void line(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) > ' ') {
            end++;
        }
        String name = line.substring(end).trim();
        int comment = name.indexOf(' ') < 0 ? name.indexOf('\t') : name.indexOf(' ');
        name = comment < 0 ? name : name.substring(0, comment);
        if (name.isEmpty() || line.startsWith("#")) {
            return;
        }
        try {
            int number = Long.decode(line.substring(0, end)).intValue();
            numbers.putIfAbsent(name, number);
            names.putIfAbsent(number, name);
        } catch (NumberFormatException _) {
            return;
        }
    }
}
