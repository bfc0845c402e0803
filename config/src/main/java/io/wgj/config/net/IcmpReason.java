// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// What an ICMP error means (RFC 792, RFC 1122, RFC 1812 and RFC 4443), in words that follow "192.0.2.1 says: ".
public final class IcmpReason {
    private static final int UNREACHABLE_4 = 3;
    private static final int TIME_EXCEEDED_4 = 11;
    private static final int PARAMETER_4 = 12;
    private static final int UNREACHABLE_6 = 1;
    private static final int TOO_BIG_6 = 2;
    private static final int TIME_EXCEEDED_6 = 3;
    private static final int PARAMETER_6 = 4;

    private IcmpReason() {}

    /// The words for a type and code; `ICMP type 9, code 2` for one that is no error.
    public static String words(IpFamily family, int type, int code) {
        String known = family == IpFamily.V4 ? words4(type, code) : words6(type, code);
        return known.isEmpty() ? "ICMP type " + type + ", code " + code : known;
    }

    private static String words4(int type, int code) {
        return switch (type) {
            case UNREACHABLE_4 ->
                switch (code) {
                    case 0, 6 -> "network unreachable";
                    case 1, 7 -> "host unreachable";
                    case 2 -> "protocol unreachable";
                    case 3 -> "port unreachable";
                    case 4 -> "the packet is too big";
                    case 9 -> "network administratively prohibited";
                    case 10 -> "host administratively prohibited";
                    case 13 -> "communication administratively prohibited";
                    default -> "destination unreachable (code " + code + ")";
                };
            case TIME_EXCEEDED_4 -> "time to live exceeded";
            case PARAMETER_4 -> "parameter problem";
            default -> "";
        };
    }

    private static String words6(int type, int code) {
        return switch (type) {
            case UNREACHABLE_6 ->
                switch (code) {
                    case 0 -> "no route to the destination";
                    case 1 -> "communication administratively prohibited";
                    case 2 -> "beyond the scope of the source address";
                    case 3 -> "address unreachable";
                    case 4 -> "port unreachable";
                    case 5 -> "the source address failed a policy";
                    case 6 -> "the route to the destination rejects packets";
                    default -> "destination unreachable (code " + code + ")";
                };
            case TOO_BIG_6 -> "the packet is too big";
            case TIME_EXCEEDED_6 -> "hop limit exceeded";
            case PARAMETER_6 -> "parameter problem";
            default -> "";
        };
    }
}
