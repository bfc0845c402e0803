// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpNumber;
import java.util.Optional;
import java.util.OptionalInt;

/// The names of routing tables. Implementations read them from `rt_tables` files; this package opens no file.
public interface TableNames {
    /// `RT_TABLE_MAIN` (linux/rtnetlink.h).
    int MAIN = 254;
    /// `RT_TABLE_LOCAL`.
    int LOCAL = 255;
    /// `RT_TABLE_DEFAULT`.
    int DEFAULT = 253;

    /// The three tables that the kernel has from the start and every `rt_tables` file names.
    TableNames STANDARD = new TableNames() {
        @Override
        public OptionalInt number(String name) {
            return switch (name) {
                case "main" -> OptionalInt.of(MAIN);
                case "local" -> OptionalInt.of(LOCAL);
                case "default" -> OptionalInt.of(DEFAULT);
                default -> OptionalInt.empty();
            };
        }

        @Override
        public Optional<String> name(int number) {
            return switch (number) {
                case MAIN -> Optional.of("main");
                case LOCAL -> Optional.of("local");
                case DEFAULT -> Optional.of("default");
                default -> Optional.empty();
            };
        }
    };

    /// The table (32 bits unsigned) called `name`; empty when no table has that name.
    OptionalInt number(String name);

    /// The name of table `number`; empty when it has none.
    Optional<String> name(int number);

    /// The table that `word` names or numbers, names first; empty when it is neither.
    default OptionalInt parse(String word) {
        OptionalInt named = number(word);
        if (named.isPresent()) {
            return named;
        }
        long number = IpNumber.parse(word, 0xffff_ffffL);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    /// The table's name, else its number.
    default String text(int table) {
        return name(table).orElse(Integer.toUnsignedString(table));
    }
}
