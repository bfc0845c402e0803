// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.IpFamily;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.HashMap;
import java.util.Map;

/// The counters in `/proc/net` of the calling thread's network namespace at one moment.
final class HostCounters {
    private static final String FOLDER = "/proc/thread-self/net/";
    /// `/proc/net/dev`, behind the name: bytes packets errs drop fifo frame compressed multicast, and for TX bytes
    /// packets errs drop …
    private static final int RX_ERRORS = 2;

    private static final int TX_ERRORS = 10;
    private static final int TX_DROPS = 11;

    private final Map<String, Long> values;

    HostCounters(Map<String, Long> values) {
        this.values = values;
    }

    /// Reads them; a file that cannot be read counts nothing.
    static HostCounters read() {
        Map<String, Long> values = new HashMap<>();
        pairs(text("netstat"), values);
        pairs(text("snmp"), values);
        for (String line : text("snmp6").split("\n", -1)) {
            String[] words = line.trim().split("\\s+", -1);
            if (words.length == 2) {
                values.put(words[0], number(words[1]));
            }
        }
        devices(text("dev"), values);
        return new HostCounters(values);
    }

    private static String text(String file) {
        try {
            return Latin1.of(NativeFile.readAll(FOLDER + file));
        } catch (SystemException _) {
            return "";
        }
    }

    /// Lines in pairs: names, and below them their values, both behind a common word.
    static void pairs(String text, Map<String, Long> into) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            String[] names = lines[i].split(" ", -1);
            String[] numbers = lines[i + 1].split(" ", -1);
            for (int j = 1; j < Math.min(names.length, numbers.length); j++) {
                into.put(names[0] + names[j], number(numbers[j]));
            }
        }
    }

    /// A line for each device.
    static void devices(String text, Map<String, Long> into) {
        for (String line : text.split("\n", -1)) {
            int colon = line.lastIndexOf(':');
            String[] columns =
                    colon < 0 ? new String[0] : line.substring(colon + 1).trim().split("\\s+", -1);
            if (columns.length > TX_DROPS) {
                String name = line.substring(0, colon).trim();
                into.put("rxErrors " + name, number(columns[RX_ERRORS]));
                into.put("txErrors " + name, number(columns[TX_ERRORS]));
                into.put("txDrops " + name, number(columns[TX_DROPS]));
            }
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private long grown(String name, HostCounters before) {
        return Math.max(0, values.getOrDefault(name, 0L) - before.values.getOrDefault(name, 0L));
    }

    /// The growth since an earlier moment.
    CounterFacts since(HostCounters before, IpFamily family) {
        boolean ipv4 = family == IpFamily.V4;
        return new CounterFacts(
                grown("TcpExt:IPReversePathFilter", before),
                grown(ipv4 ? "Ip:OutNoRoutes" : "Ip6OutNoRoutes", before),
                grown(ipv4 ? "Ip:OutDiscards" : "Ip6OutDiscards", before),
                grown(ipv4 ? "Udp:InDatagrams" : "Udp6InDatagrams", before));
    }

    long rxErrorsSince(HostCounters before, String device) {
        return grown("rxErrors " + device, before);
    }

    long txErrorsSince(HostCounters before, String device) {
        return grown("txErrors " + device, before);
    }

    long txDropsSince(HostCounters before, String device) {
        return grown("txDrops " + device, before);
    }
}
