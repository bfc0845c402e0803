// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.net.ScopeNames;
import io.wgj.netlink.sys.Interfaces;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// The zones of link-local endpoints (`fe80::1%eth0`) as a server accepts and returns them. A zone without an
/// interface gets a negative number, which no interface has: nothing can be sent there, and the text is
/// returned as it was given. Thread-safe.
final class Zones implements ScopeIndexes, ScopeNames {
    /// The most zones of one server; further ones are refused.
    private static final int MOST = 10_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> texts = new HashMap<>();

    /// 0 for an empty text, when there are too many zones without an interface, and when the system cannot be
    /// asked.
    @Override
    public synchronized int indexOf(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        OptionalInt index = Interfaces.lookUp(text);
        if (index.isEmpty() || index.getAsInt() != 0) {
            return index.orElse(0);
        }
        int number = number(text);
        return number == 0 ? numberFor(text) : number;
    }

    @Override
    public synchronized String nameOf(int index) {
        String text = texts.get(index);
        return text == null ? Interfaces.nameOf(index) : text;
    }

    private int numberFor(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        if (numbers.size() == MOST) {
            return 0;
        }
        int number = -1 - numbers.size();
        numbers.put(text, number);
        texts.put(number, text);
        return number;
    }

    /// The index that the text writes as a number; 0 for everything else.
    private static int number(String text) {
        if (text.charAt(0) == '0') {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < text.length() && number <= Integer.MAX_VALUE; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number <= Integer.MAX_VALUE ? (int) number : 0;
    }
}
