// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ScopeNames;
import java.util.ArrayList;
import java.util.List;

/// The cross-platform userspace protocol as text: lines `key=value`, an empty line at the end of each request
/// and reply, every char one byte. Requests are formatted byte for byte as by `wg`, and replies are parsed as
/// strictly as by `wg`. Pure: nothing here waits, connects or resolves a name.
public final class UapiText {
    /// Ends every request and reply.
    static final String END = "\n\n";

    /// The prefix of the keys of wgj's own engine.
    static final String OURS = "wgj_";

    private static final String GET_REQUEST = "get=1" + END;

    private static final String UNDERLAY_SOURCE = OURS + EngineOptions.UNDERLAY_SOURCE + "=";
    private static final String ALLOWED_SOURCES = OURS + EngineOptions.ALLOWED_SOURCES + "=";

    private UapiText() {}

    private static final String FACTS_REQUEST = "wgj_get=1" + END;

    /// The request for [EngineProblems].
    static final String PROBLEMS_REQUEST = "wgj_problems=1" + END;

    /// The request for [EngineEvents].
    static final String EVENTS_REQUEST = "wgj_events=1" + END;

    /// The operation that sets how much an engine logs, and what its line starts with.
    static final String LOG_OPERATION = "wgj_log=";

    /// The request that sets how much an engine logs.
    static String logRequest(String level) {
        return LOG_OPERATION + level + END;
    }

    /// The request for the statistics of wgj's own engine.
    static String statsRequest() {
        return FACTS_REQUEST;
    }

    /// The statistics in a reply to [#statsRequest()].
    ///
    /// @throws DeviceException with the number the server sent; with `EPROTO` for a malformed reply
    public static List<EngineStat> parseStats(String reply) throws DeviceException {
        List<EngineStat> stats = new ArrayList<>();
        ReplyLines lines = new ReplyLines(reply);
        int errno = -1;
        while (lines.next()) {
            if (lines.key().equals("errno")) {
                errno = (int) Numbers.parse("errno", lines.value(), Integer.MAX_VALUE);
            } else if (lines.key().startsWith(OURS)) {
                stats.add(new EngineStat(lines.key().substring(OURS.length()), lines.value()));
            } else if (lines.key().equals("public_key")) {
                stats.add(new EngineStat("public_key", lines.value()));
            }
        }
        if (errno != 0) {
            throw errno < 0 ? UapiErrors.malformed("the reply has no errno") : UapiErrors.of(errno, null);
        }
        return stats;
    }

    /// The request for the device's state.
    public static String getRequest() {
        return GET_REQUEST;
    }

    /// The request that applies `update`. It contains the secrets that `update` sets.
    ///
    /// A port or mark to clear is written as 0, a key to clear as zeros: the protocol has no other words. A
    /// peer to remove has no further lines.
    public static String formatSet(DeviceUpdate update, ScopeNames scopes) {
        return formatSet(new SetRequest(update, EngineOptions.NONE), scopes);
    }

    /// The same with the options of wgj's own engine; every other engine refuses the request.
    public static String formatSet(SetRequest request, ScopeNames scopes) {
        DeviceUpdate update = request.update();
        EngineOptions options = request.options();
        StringBuilder out = new StringBuilder(256);
        out.append("set=1\n");
        update.privateKey().map(key -> key.toHex()).ifMentioned(NO_KEY, hex -> line(out, "private_key=", hex));
        update.listenPort().ifMentioned(0, port -> line(out, "listen_port=", Integer.toString(port)));
        update.fwmark().ifMentioned(0, mark -> line(out, "fwmark=", Integer.toUnsignedString(mark)));
        if (update.replacePeers()) {
            out.append("replace_peers=true\n");
        }
        options.underlaySources().ifMentioned(List.of(), sources -> line(out, UNDERLAY_SOURCE, joined(sources)));
        options.allowedSources().ifMentioned(List.of(), sources -> line(out, ALLOWED_SOURCES, joined(sources)));
        List<PeerUpdate> peers = update.peers();
        for (int i = 0; i < peers.size(); i++) {
            formatPeer(out, peers.get(i), scopes);
        }
        if (!options.peerAllowedSources().isEmpty()) {
            options.peerAllowedSources().forEach((peer, sources) -> {
                line(out, "public_key=", peer.toHex());
                out.append("update_only=true\n");
                line(out, ALLOWED_SOURCES, joined(sources));
            });
        }
        return out.append('\n').toString();
    }

    /// A device's state, from its whole reply to [#getRequest()].
    ///
    /// Skips unknown keys, the device's keys behind the first peer, and a peer's keys before it. Computes the
    /// public key, which the protocol does not transmit. Ignores text behind the empty line.
    ///
    /// @param reply up to and with the closing empty line, or whatever came before the connection ended
    /// @throws DeviceException with the number the server sent; with `EPROTO` for a malformed reply
    public static DeviceState parseGetReply(DeviceName name, String reply, ScopeIndexes scopes) throws DeviceException {
        return new GetReplyParser(scopes).parse(name, reply);
    }

    /// Parses the reply to a set request; returns when the server reports success.
    ///
    /// Servers send Linux errno values with a minus sign. One without it is a failure, too, and becomes a
    /// negative number in the exception, which no system has a sentence for: `wg` prints `Unknown error -22`.
    ///
    /// @throws DeviceException with the number the server sent; with `EPROTO` for a malformed reply
    public static void parseSetReply(String reply) throws DeviceException {
        ReplyLines lines = new ReplyLines(reply);
        boolean told = false;
        int number = 0;
        while (lines.next()) {
            if (lines.key().equals("errno")) {
                number = signedNumber(lines.value());
                told = true;
            }
        }
        if (!told) {
            throw UapiErrors.malformed("the reply has no errno");
        }
        if (number != 0) {
            throw UapiErrors.of(-number, null);
        }
    }

    private static void formatPeer(StringBuilder out, PeerUpdate peer, ScopeNames scopes) {
        line(out, "public_key=", peer.publicKey().toHex());
        if (!(peer instanceof PeerUpdate.Put put)) {
            out.append("remove=true\n");
            return;
        }
        if (put.updateOnly()) {
            out.append("update_only=true\n");
        }
        PeerSettings<Endpoint.Numeric> settings = put.settings();
        settings.presharedKey().map(key -> key.toHex()).ifMentioned(NO_KEY, hex -> line(out, "preshared_key=", hex));
        settings.endpoint().value().ifPresent(endpoint -> line(out, "endpoint=", endpoint.text(scopes)));
        settings.persistentKeepalive()
                .ifMentioned(0, seconds -> line(out, "persistent_keepalive_interval=", Integer.toString(seconds)));
        if (settings.replaceAllowedIps()) {
            out.append("replace_allowed_ips=true\n");
        }
        List<AllowedIpUpdate> allowedIps = settings.allowedIps();
        for (int i = 0; i < allowedIps.size(); i++) {
            AllowedIpUpdate allowedIp = allowedIps.get(i);
            line(
                    out,
                    allowedIp.remove() ? "allowed_ip=-" : "allowed_ip=",
                    allowedIp.prefix().text());
        }
    }

    private static String joined(List<?> values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : ",").append(value);
        }
        return text.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append(key).append(value).append('\n');
    }

    private static int signedNumber(String value) throws DeviceException {
        boolean negative = value.startsWith("-");
        long limit = negative ? 1L << 31 : Integer.MAX_VALUE;
        long number = Numbers.parse("errno", negative ? value.substring(1) : value, limit);
        return (int) (negative ? -number : number);
    }

    /// A key of zeros, which every device takes for none.
    private static final String NO_KEY = "0".repeat(64);
}
