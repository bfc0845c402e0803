// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.SavedLiveness;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.run.SavedState.SavedInterface;
import io.wgj.monitor.run.SavedState.SavedPeer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The text of a saved state. Fields are parted by tabs; a backslash escapes tabs, line ends and itself.
///
///     wgj-monitor 1
///     boot        ID
///     interface   INDEX  NAME  FILE
///     peer        KEY  NAME  ENDPOINT  STATE  VERDICT  SINCE  HANDSHAKE  HEARD  LOSS     of the interface above
///     hook        KIND  INTERFACE  KEY  NAME  ENDPOINT  STATE  SINCE  FILE  REASON
///     end
final class SavedStateText {
    private static final String FIRST_LINE = "wgj-monitor 1";
    private static final String NEVER = "-";

    private SavedStateText() {}

    static String format(String boot, SavedState state) {
        StringBuilder text = new StringBuilder(256).append(FIRST_LINE).append('\n');
        line(text, "boot", boot);
        for (SavedInterface iface : state.interfaces()) {
            line(
                    text,
                    "interface",
                    String.valueOf(iface.index()),
                    iface.name().text(),
                    iface.configFile().orElse(""));
            for (SavedPeer peer : iface.peers()) {
                SavedLiveness liveness = peer.liveness();
                OptionalLong heard = liveness.lastHeardNanos();
                line(
                        text,
                        "peer",
                        peer.key().toBase64(),
                        peer.name().orElse(""),
                        peer.endpoint(),
                        liveness.state().name(),
                        liveness.verdict().name(),
                        String.valueOf(liveness.sinceNanos()),
                        String.valueOf(liveness.latestHandshake()),
                        heard.isPresent() ? String.valueOf(heard.getAsLong()) : NEVER,
                        String.valueOf(liveness.lossLearned()));
            }
        }
        for (HookJob job : state.hooks()) {
            line(
                    text,
                    "hook",
                    job.kind().name(),
                    job.iface().text(),
                    job.peer().toBase64(),
                    job.name().orElse(""),
                    job.endpoint(),
                    job.state().name(),
                    job.since().toString(),
                    job.configFile().orElse(""),
                    job.reason());
        }
        return text.append("end\n").toString();
    }

    private static void line(StringBuilder text, String word, String... fields) {
        text.append(word);
        for (String field : fields) {
            text.append('\t');
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                switch (c) {
                    case '\t' -> text.append("\\t");
                    case '\n' -> text.append("\\n");
                    case '\\' -> text.append("\\\\");
                    default -> text.append(c);
                }
            }
        }
        text.append('\n');
    }

    /// The state that this text holds; empty when it is of another boot, another version, or damaged.
    static Optional<SavedState> parse(String boot, String text) {
        try {
            String[] lines = text.split("\n", -1);
            if (lines.length < 4
                    || !lines[0].equals(FIRST_LINE)
                    || !fields(lines[1]).equals(List.of("boot", boot))
                    || !lines[lines.length - 2].equals("end")) {
                return Optional.empty();
            }
            return Optional.of(state(List.of(lines).subList(2, lines.length - 2)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static SavedState state(List<String> lines) {
        List<SavedInterface> interfaces = new ArrayList<>();
        List<HookJob> hooks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> field = fields(lines.get(i));
            switch (field.getFirst()) {
                case "interface" -> {
                    List<SavedPeer> peers = new ArrayList<>();
                    while (i + 1 < lines.size() && lines.get(i + 1).startsWith("peer\t")) {
                        i++;
                        peers.add(peer(fields(lines.get(i))));
                    }
                    interfaces.add(new SavedInterface(
                            Integer.parseInt(field.get(1)),
                            new DeviceName(field.get(2)),
                            optional(field.get(3)),
                            peers));
                }
                case "hook" -> hooks.add(hook(field));
                default -> throw new IllegalArgumentException(field.getFirst());
            }
        }
        return new SavedState(interfaces, hooks);
    }

    private static SavedPeer peer(List<String> field) {
        String heard = field.get(8);
        SavedLiveness liveness = new SavedLiveness(
                PeerState.valueOf(field.get(4)),
                Verdict.valueOf(field.get(5)),
                Long.parseLong(field.get(6)),
                Long.parseLong(field.get(7)),
                heard.equals(NEVER) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(heard)),
                Double.parseDouble(field.get(9)));
        return new SavedPeer(key(field.get(1)), optional(field.get(2)), field.get(3), liveness);
    }

    private static HookJob hook(List<String> field) {
        return new HookJob(
                EventKind.valueOf(field.get(1)),
                new DeviceName(field.get(2)),
                key(field.get(3)),
                optional(field.get(4)),
                field.get(5),
                PeerState.valueOf(field.get(6)),
                field.get(9),
                Instant.parse(field.get(7)),
                optional(field.get(8)),
                List.of());
    }

    private static PublicKey key(String text) {
        return PublicKey.parseBase64(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\\') {
                i++;
                char escaped = line.charAt(i);
                field.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
