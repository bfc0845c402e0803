// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One row: a shell line that runs `wg`, the devices it meets, and what must come of it. Each method returns
/// a changed copy.
///
/// @param id as `docs/cases.md` lists it
/// @param script for bash, run in an empty folder of its own
/// @param devices the scripted devices by name
/// @param exit the exit code of the script
/// @param sent the set requests that all devices get, without `set=1` and the empty line; empty when it does
///     not matter
/// @param ours what must come of it with ours, where that differs on purpose
/// @param ownWords whether the texts are free, and only have to be as expected
record WgCase(
        String id,
        String script,
        Map<String, MockReplies> devices,
        int exit,
        ExpectedText stdout,
        ExpectedText stderr,
        Optional<List<String>> sent,
        Optional<WgCase> ours,
        boolean ownWords) {
    private static final ExpectedText NOTHING = ExpectedText.exactly("");

    WgCase {
        devices = new LinkedHashMap<>(devices);
    }

    /// A line that succeeds in silence, on a host with the one empty device `m0`.
    static WgCase row(String id, String script) {
        return new WgCase(
                id,
                script,
                Map.of("m0", MockReplies.EMPTY),
                0,
                NOTHING,
                NOTHING,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// With no device at all.
    WgCase withoutDevices() {
        return with(Map.of());
    }

    /// With `m0` answering `get=1` with these lines, `errno=0` and the empty line.
    WgCase device(String lines) {
        return device("m0", lines);
    }

    /// With one more device.
    WgCase device(String name, String lines) {
        return replying(name, MockReplies.EMPTY.withState(lines));
    }

    /// With `m0` answering `get=1` with exactly this.
    WgCase getReply(String reply) {
        return replying("m0", MockReplies.EMPTY.withGet(reply));
    }

    /// With `m0` answering `set=1` with exactly this.
    WgCase setReply(String reply) {
        return replying("m0", MockReplies.EMPTY.withSet(reply));
    }

    /// With this device.
    WgCase replying(String name, MockReplies replies) {
        Map<String, MockReplies> more = new LinkedHashMap<>(devices);
        more.put(name, replies);
        return with(more);
    }

    /// It ends with 0 and has sent one request with these lines.
    WgCase sends(String... lines) {
        StringBuilder request = new StringBuilder();
        for (String line : lines) {
            request.append(Keys.hex(line)).append('\n');
        }
        return new WgCase(
                id, script, devices, 0, stdout, stderr, Optional.of(List.of(request.toString())), ours, ownWords);
    }

    /// It ends with 1, says these lines, and sends nothing.
    WgCase fails(String... lines) {
        return new WgCase(id, script, devices, 1, stdout, said(lines), Optional.of(List.of()), ours, ownWords);
    }

    /// As [#fails], with the request sent nevertheless.
    WgCase failsAfterSending(String line) {
        return new WgCase(id, script, devices, 1, stdout, said(line), Optional.empty(), ours, ownWords);
    }

    /// It prints these lines on standard error, with any exit code.
    WgCase warns(String... lines) {
        return new WgCase(id, script, devices, exit, stdout, said(lines), sent, ours, ownWords);
    }

    /// It says something like this on standard error.
    WgCase warnsLike(String regex) {
        return new WgCase(id, script, devices, exit, stdout, ExpectedText.matching(regex), sent, ours, ownWords);
    }

    /// Where ours differs on purpose: what it says on standard error instead.
    WgCase oursSays(String... lines) {
        return ours(warns(lines));
    }

    /// Where ours differs on purpose: the row that it keeps instead.
    WgCase ours(WgCase instead) {
        return new WgCase(id, script, devices, exit, stdout, stderr, sent, Optional.of(instead), ownWords);
    }

    /// It prints these lines.
    WgCase prints(String... lines) {
        return printing(said(lines));
    }

    /// It prints something like this.
    WgCase printsLike(String regex) {
        return printing(ExpectedText.matching(regex));
    }

    WgCase exits(int code) {
        return new WgCase(id, script, devices, code, stdout, stderr, sent, ours, ownWords);
    }

    /// Its texts are free: they are not compared with the original's.
    WgCase inOwnWords() {
        return new WgCase(id, script, devices, exit, stdout, stderr, sent, ours, true);
    }

    @Override
    public String toString() {
        return id + ": " + script.replace('\n', ' ');
    }

    private WgCase printing(ExpectedText text) {
        return new WgCase(id, script, devices, exit, text, stderr, sent, ours, ownWords);
    }

    private WgCase with(Map<String, MockReplies> others) {
        return new WgCase(id, script, others, exit, stdout, stderr, sent, ours, ownWords);
    }

    private static ExpectedText said(String... lines) {
        return ExpectedText.exactly(lines.length == 0 ? "" : String.join("\n", lines) + "\n");
    }
}
