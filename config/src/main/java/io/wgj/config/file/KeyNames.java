// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;

/// Every key that a configuration file may have, and whose it is: for hints about those that do not fit.
final class KeyNames {
    static final String[] WG_INTERFACE = {"ListenPort", "FwMark", "PrivateKey"};
    static final String[] WG_PEER = {"PublicKey", "PresharedKey", "AllowedIPs", "Endpoint", "PersistentKeepalive"};
    static final String[] QUICK = {
        "Address", "MTU", "DNS", "Table", "PreUp", "PostUp", "PreDown", "PostDown", "SaveConfig"
    };
    static final String[] WGJ_INTERFACE = {
        "PrivateKeyFile", "PrivateKeyCommand", "Route", "Rule", "Underlay", "AllowedSources"
    };
    static final String[] WGJ_PEER = {
        "PresharedKeyFile", "AllowedSources", "PeerUp", "PeerDown", "Probe", "WithdrawRoutesAfter", "ReresolveEndpoint"
    };

    /// Those of AmneziaWG, a protocol of its own; all in `[Interface]`.
    static final String[] AMNEZIA = {
        "Jc", "Jmin", "Jmax", "S1", "S2", "S3", "S4", "H1", "H2", "H3", "H4", "I1", "I2", "I3", "I4", "I5", "J1", "J2",
        "J3", "Itime"
    };

    private static final String[][] ALL = {WG_INTERFACE, WG_PEER, QUICK, WGJ_INTERFACE, WGJ_PEER};

    private KeyNames() {}

    /// Whether `name`, in any case, is one of `names`.
    static boolean isOneOf(String name, String[] names) {
        return !spelling(name, names).isEmpty();
    }

    /// How `names` spells `name`; empty when it does not have it.
    static String spelling(String name, String[] names) {
        for (String known : names) {
            if (Ascii.equalsIgnoreCase(name, known)) {
                return known;
            }
        }
        return "";
    }

    /// The known key that `name` is or differs from by at most two slips (a third of a short name); empty when
    /// there is none.
    static String nearest(String name) {
        String best = "";
        int least = Math.min(2, name.length() / 3) + 1;
        for (String[] names : ALL) {
            for (String known : names) {
                int distance = distance(Ascii.lower(name), Ascii.lower(known), least);
                if (distance < least) {
                    least = distance;
                    best = known;
                }
            }
        }
        return best;
    }

    /// Letters to insert, drop or replace (Levenshtein); `limit` or more when it is not worth counting.
    private static int distance(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) >= limit) {
            return limit;
        }
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
