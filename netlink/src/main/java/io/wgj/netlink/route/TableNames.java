// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;

/// The names of routing tables (`rt_tables` files). Reading those files is somebody else's business.
public interface TableNames {
    /// `RT_TABLE_MAIN` (linux/rtnetlink.h).
    int MAIN = 254;
    /// `RT_TABLE_LOCAL`.
    int LOCAL = 255;
    /// `RT_TABLE_DEFAULT`.
    int DEFAULT = 253;

    /// The three that the kernel knows by number and every `rt_tables` file by name.
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

    /// The table (32 bits unsigned) called `name`; empty when nobody knows it.
    OptionalInt number(String name);

    /// What table `number` is called; empty when it has no name.
    Optional<String> name(int number);

    /// The table that `word` means, a name before a number; empty when it is neither.
    default OptionalInt parse(String word) {
        OptionalInt named = number(word);
        if (named.isPresent()) {
            return named;
        }
        long number = Words.number(word, 0xffff_ffffL);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    /// Its name, else its number.
    default String text(int table) {
        return name(table).orElse(Integer.toUnsignedString(table));
    }
}
