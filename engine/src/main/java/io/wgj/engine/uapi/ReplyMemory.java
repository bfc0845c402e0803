// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last reply of one device to `get`, which makes reading it again and again cheap: a peer whose lines are the
/// same as before is the same [PeerState] object, and a reply that is the same is the same [DeviceState].
///
/// For one read at a time. It holds the device's secrets, as the state does.
public final class ReplyMemory {
    /// What the first line of a peer starts with.
    private static final byte[] PEER = "public_key=".getBytes(StandardCharsets.ISO_8859_1);

    /// Of the line that names a peer.
    private static final int NAMED = PEER.length + 64;

    private static final int FIRST_SIZE = 1 << 13;

    /// The last reply, and the one being read: they take turns, so a read leaves no garbage of its size.
    private byte[] last = new byte[FIRST_SIZE];

    private byte[] reply = new byte[FIRST_SIZE];
    private int lastLength;
    private int length;
    /// Where the peers of the last reply start, and those of this one.
    private int[] lastStarts = new int[16];

    private int[] starts = new int[16];
    /// Whether an endpoint names a zone. The link of that name may be another one at the next read.
    private boolean lastHasZones;

    private boolean hasZones;
    /// What the last reply said; null when it was none.
    private @Nullable DeviceState state;
    /// The places of the last reply's peers by the lines that name them; null as long as each is where it was.
    private @Nullable Map<String, Integer> places;

    /// Reads a reply up to its empty line, or to the end of the connection, and parses it as
    /// [UapiText#parseGetReply] does.
    DeviceState read(DeviceName name, UnixStream stream, ScopeIndexes scopes) throws SystemException, DeviceException {
        length = 0;
        int got = 1;
        while (got > 0 && !endsWithEmptyLine()) {
            if (length == reply.length) {
                reply = Arrays.copyOf(reply, 2 * length);
            }
            got = UapiDevice.receive(stream, reply, length);
            length += got;
        }
        return parse(name, scopes);
    }

    /// The same for a reply that was read already.
    DeviceState read(DeviceName name, byte[] received, ScopeIndexes scopes) throws DeviceException {
        reply = received.clone();
        length = received.length;
        return parse(name, scopes);
    }

    private boolean endsWithEmptyLine() {
        return UapiDevice.endsWithEmptyLine(reply, length);
    }

    private DeviceState parse(DeviceName name, ScopeIndexes scopes) throws DeviceException {
        DeviceState before = state;
        if (before != null
                && !lastHasZones
                && before.name().equals(name)
                && Arrays.equals(last, 0, lastLength, reply, 0, length)) {
            return before;
        }
        places = null;
        hasZones = false;
        state = null;
        DeviceState now = parse(name, before == null ? List.of() : before.peers(), new GetReplyParser(scopes));
        byte[] spare = last;
        last = reply;
        lastLength = length;
        reply = spare;
        int[] spareStarts = lastStarts;
        lastStarts = starts;
        starts = spareStarts;
        lastHasZones = hasZones;
        return now;
    }

    private DeviceState parse(DeviceName name, List<PeerState> before, GetReplyParser parser) throws DeviceException {
        int start = nextPeer(0);
        boolean ended = parser.take(text(0, start));
        int peers = 0;
        boolean isUsual = true;
        while (!ended && start < length) {
            if (peers == starts.length) {
                starts = Arrays.copyOf(starts, 2 * peers);
            }
            starts[peers] = start;
            int same = unchanged(start, peers, before.size());
            if (same >= 0) {
                parser.add(before.get(same));
                start += lastStarts[same + 1] - lastStarts[same];
            } else {
                int next = nextPeer(start + 1);
                ended = parser.take(text(start, next));
                // Lines of the reply itself belong behind the last peer, which is parsed each time.
                isUsual &= ended || !parser.hasEnded();
                start = next;
            }
            peers++;
        }
        DeviceState now = parser.finish(name, ended);
        state = isUsual ? now : null;
        return now;
    }

    /// The place of the peer of the last reply that has the same lines as the one at `start`, or -1. The last
    /// peer's place is none: behind its lines are those of the reply.
    ///
    /// @param place of the peer in this reply
    /// @param count of the peers in the last reply
    private int unchanged(int start, int place, int count) {
        int there = place < count && isNamedAs(lastStarts[place], start) ? place : find(start, count);
        if (there < 0 || there >= count - 1) {
            return -1;
        }
        int from = lastStarts[there];
        int size = lastStarts[there + 1] - from;
        boolean same = start + size + PEER.length <= length
                && Arrays.equals(last, from, from + size, reply, start, start + size)
                && isPeer(start + size)
                && !(lastHasZones && hasZone(start, start + size));
        return same ? there : -1;
    }

    private boolean isNamedAs(int lastStart, int start) {
        return start + NAMED <= length
                && lastStart + NAMED <= lastLength
                && Arrays.equals(last, lastStart, lastStart + NAMED, reply, start, start + NAMED);
    }

    /// Some engines list their peers in another order each time.
    private int find(int start, int count) {
        if (count == 0 || start + NAMED > length) {
            return -1;
        }
        Map<String, Integer> known = places;
        if (known == null) {
            known = new HashMap<>(2 * count);
            for (int i = 0; i < count - 1; i++) {
                if (lastStarts[i] + NAMED <= lastLength) {
                    known.put(Latin1.of(Arrays.copyOfRange(last, lastStarts[i], lastStarts[i] + NAMED)), i);
                }
            }
            places = known;
        }
        return known.getOrDefault(text(start, start + NAMED), -1);
    }

    /// Where the next line starts that names a peer, at `from` or later; the end of the reply when none does.
    private int nextPeer(int from) {
        int at = from;
        if (at > 0) {
            at = endOfLine(at - 1) + 1;
        }
        while (at < length && !isPeer(at)) {
            at = endOfLine(at) + 1;
        }
        return Math.min(at, length);
    }

    /// Where the line ends that `at` is in: at its newline, or at the end of the reply.
    private int endOfLine(int at) {
        int end = at;
        while (end < length && reply[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean isPeer(int at) {
        return at + PEER.length <= length && Arrays.equals(reply, at, at + PEER.length, PEER, 0, PEER.length);
    }

    private boolean hasZone(int from, int to) {
        for (int i = from; i < to; i++) {
            if (reply[i] == '%') {
                return true;
            }
        }
        return false;
    }

    private String text(int from, int to) {
        hasZones |= hasZone(from, to);
        return Latin1.of(Arrays.copyOfRange(reply, from, to));
    }
}
