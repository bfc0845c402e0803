// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import io.wgj.config.file.Key;

/// What the manual and docs/files.md say of each key besides the table in [Key], which commands need. A key that
/// is missing here does not compile.
public final class KeyFacts {
    private KeyFacts() {}

    /// The version of wgj that first read the key.
    public static String since(Key key) {
        return switch (key) {
            case PRIVATE_KEY,
                    LISTEN_PORT,
                    FW_MARK,
                    PUBLIC_KEY,
                    PRESHARED_KEY,
                    ALLOWED_IPS,
                    ENDPOINT,
                    PERSISTENT_KEEPALIVE,
                    ADDRESS,
                    MTU,
                    DNS,
                    TABLE,
                    PRE_UP,
                    POST_UP,
                    PRE_DOWN,
                    POST_DOWN,
                    SAVE_CONFIG,
                    PRIVATE_KEY_FILE,
                    PRIVATE_KEY_COMMAND,
                    ROUTE,
                    RULE,
                    UNDERLAY,
                    ALLOWED_SOURCES,
                    NAME,
                    PRESHARED_KEY_FILE,
                    PEER_ALLOWED_SOURCES,
                    PEER_UP,
                    PEER_DOWN,
                    PROBE,
                    WITHDRAW_ROUTES_AFTER,
                    WITHDRAW_ROUTES,
                    RERESOLVE_ENDPOINT -> "0.1";
        };
    }

    /// What undoes the effect of the key, as text to follow `Undone by: `.
    public static String undone(Key key) {
        return switch (key) {
            case PRIVATE_KEY, PRIVATE_KEY_FILE, PRIVATE_KEY_COMMAND, LISTEN_PORT, FW_MARK, ENDPOINT ->
                "`down'; `reload' changes it, and leaves it as it is when the line is gone";
            case PUBLIC_KEY -> "`down'; `reload' removes the peer when its section is gone";
            case PRESHARED_KEY,
                    PRESHARED_KEY_FILE,
                    ALLOWED_IPS,
                    PERSISTENT_KEEPALIVE,
                    ADDRESS,
                    MTU,
                    DNS,
                    TABLE,
                    ROUTE,
                    RULE,
                    UNDERLAY,
                    ALLOWED_SOURCES,
                    PEER_ALLOWED_SOURCES -> "`down'; `reload' when the line is gone";
            case PRE_UP -> "nothing by itself; write the opposite into PostDown";
            case POST_UP -> "nothing by itself; write the opposite into PreDown";
            case PRE_DOWN, POST_DOWN -> "nothing; it is there to undo what PostUp and PreUp did";
            case SAVE_CONFIG -> "nothing; the file is replaced, so keep a copy of it";
            case PEER_UP -> "nothing by itself; write the opposite into PeerDown";
            case PEER_DOWN -> "nothing; it is there to undo what PeerUp did";
            case NAME -> "nothing; it is only shown";
            case PROBE -> "`reload' when the line is gone; no probe is sent while no monitor runs";
            case WITHDRAW_ROUTES_AFTER, WITHDRAW_ROUTES ->
                "`down'; the routes return when the peer is up, and at `reload' when the line is gone";
            case RERESOLVE_ENDPOINT -> "nothing; the peer keeps the endpoint that was set last";
        };
    }
}
