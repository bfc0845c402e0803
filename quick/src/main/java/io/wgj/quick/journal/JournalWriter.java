// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoute;
import java.util.List;

/// Records what a run is about to do, so that another run can undo it. What is written outlives this process
/// once a method returns. [Journal] explains the lines.
public final class JournalWriter {
    private final Store store;
    private final String boot;
    private String lost = "";
    private boolean isNew;

    /// @param boot the present boot's id
    public JournalWriter(Store store, String boot) {
        this.store = store;
        this.boot = boot;
    }

    /// The place of the text.
    interface Store {
        /// Opens the journal, and creates it if necessary. Returns whether it is empty.
        boolean open() throws JournalException;

        /// Adds whole lines at its end.
        void append(String lines) throws JournalException;

        /// Closes and removes it, and what [#forgetTrial] removes.
        void delete() throws JournalException;

        /// Removes what another process would need to roll back a reload that has to be confirmed.
        default void forgetTrial() throws JournalException {}
    }

    /// Gives the journal up: nothing is written any more. A journal that this run has begun is removed, if
    /// possible, so that `down` searches the host instead.
    ///
    /// @param reason why
    public void lose(String reason) {
        lost = reason;
        if (isNew) {
            try {
                store.delete();
            } catch (JournalException _) {
                // The journal stays without an end, and `down` searches the host all the same.
                return;
            }
        }
    }

    /// Why nothing is written; empty while the journal is written.
    public String lost() {
        return lost;
    }

    private void append(String lines) throws JournalException {
        if (lost.isEmpty() && !lines.isEmpty()) {
            try {
                store.append(lines);
            } catch (UnwritableException e) {
                lose(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Records that a run begins.
    ///
    /// @param word `up`, `down`, `reload`, `adopt` for a tunnel of another tool, or `routes` for a run that only
    ///     withdraws routes or restores them
    public void begin(String word) throws JournalException {
        if (lost.isEmpty()) {
            try {
                if (!word.equals(JournalReader.ROUTES)) {
                    store.forgetTrial();
                }
                boolean empty = store.open();
                isNew |= empty;
                String header = empty ? Journal.FIRST_LINE + "\nboot " + boot + "\n" : "";
                append(header + "begin " + word + "\n");
            } catch (UnwritableException e) {
                lose(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Records the file that the run applies, for the monitor. A path with a line break is not recorded.
    ///
    /// @param path absolute, a byte a char; empty for none
    public void configFile(String path) throws JournalException {
        if (!path.isEmpty() && path.indexOf('\n') < 0) {
            append("file " + path + "\n");
        }
    }

    /// Records steps, none of them a hook, that are about to be performed.
    public void about(List<Step> steps) throws JournalException {
        append(lines("", "do ", steps));
    }

    /// Records the mark that all processes of an engine have that is about to start.
    public void starting(String mark) throws JournalException {
        append("start " + mark + "\n");
    }

    /// Records that the pending steps have been performed.
    public void done() throws JournalException {
        append("ok\n");
    }

    /// Records that of the pending steps only `performed` have been performed.
    public void failed(List<Step> performed) throws JournalException {
        append(lines("no\n", "did ", performed));
    }

    /// Records steps that another tool or another tunnel's run has performed earlier.
    public void adopt(List<Step> steps) throws JournalException {
        open();
        append(lines("", "did ", steps));
    }

    private void open() throws JournalException {
        if (lost.isEmpty()) {
            try {
                store.open();
            } catch (UnwritableException e) {
                lose(String.valueOf(e.getMessage()));
            }
        }
    }

    private static String lines(String before, String word, List<Step> steps) {
        StringBuilder lines = new StringBuilder(before);
        for (Step step : steps) {
            lines.append(word).append(StepCodec.format(step)).append('\n');
        }
        return lines.toString();
    }

    /// Records the index of the link that was made.
    public void link(int index) throws JournalException {
        append("link " + index + "\n");
    }

    /// Records that all steps of `up` are performed, except for hooks.
    public void made() throws JournalException {
        append("made\n");
    }

    /// Records that the run has to be confirmed.
    public void trial(long number) throws JournalException {
        append("trial " + Long.toHexString(number) + "\n");
    }

    /// Records the time limit of the confirmation, in milliseconds since the machine was started.
    public void until(long time) throws JournalException {
        append("until " + time + "\n");
    }

    /// Records that the confirmation has come, or that everything is rolled back.
    public void decided() throws JournalException {
        open();
        append("decided\n");
        if (lost.isEmpty()) {
            store.forgetTrial();
        }
    }

    /// Records fingerprints of the endpoints that the device has, or is about to get.
    public void endpoints(Iterable<Long> fingerprints) throws JournalException {
        StringBuilder lines = new StringBuilder();
        for (long fingerprint : fingerprints) {
            lines.append("endpoint ").append(Long.toHexString(fingerprint)).append('\n');
        }
        append(lines.toString());
    }

    /// Records a fingerprint of the hook lines of the file that `up` applies.
    public void hookLines(long fingerprint) throws JournalException {
        append("hook-lines " + Long.toHexString(fingerprint) + "\n");
    }

    /// Records that the file that is applied names no MTU.
    public void automaticMtu() throws JournalException {
        append("mtu\n");
    }

    /// Records the routes into the link that are neither ours nor those of the file's addresses.
    public void routed(List<Route> routes) throws JournalException {
        StringBuilder lines = new StringBuilder();
        for (Route route : routes) {
            lines.append("routed ").append(StepCodec.formatRoute(route)).append('\n');
        }
        append(lines.toString());
    }

    /// Records routes that are about to be withdrawn because their peers are down.
    public void withdrawn(List<WithdrawnRoute> routes) throws JournalException {
        append(lines("withdrawn ", routes));
    }

    /// Records that routes are withdrawn no more.
    public void returned(List<WithdrawnRoute> routes) throws JournalException {
        append(lines("returned ", routes));
    }

    private static String lines(String word, List<WithdrawnRoute> routes) {
        StringBuilder lines = new StringBuilder();
        for (WithdrawnRoute route : routes) {
            lines.append(word).append(Long.toHexString(route.peer())).append(' ');
            lines.append(StepCodec.formatRoute(route.route())).append('\n');
        }
        return lines.toString();
    }

    /// Records the steps that hooks have undone, and fingerprints of what hooks have changed of the device.
    public void hooks(List<Step> undone, Iterable<Long> device) throws JournalException {
        StringBuilder lines = new StringBuilder(lines("", "hook ", undone));
        for (long fingerprint : device) {
            lines.append("hook-device ").append(Long.toHexString(fingerprint)).append('\n');
        }
        if (!lines.isEmpty()) {
            append(lines.toString());
        }
    }

    /// Records the port that the device has chosen itself.
    public void port(int number) throws JournalException {
        append("port " + number + "\n");
    }

    /// Records that the run has ended, and that what it did stays.
    public void end() throws JournalException {
        append("end\n");
    }

    /// Deletes the journal: nothing is left to undo.
    public void delete() throws JournalException {
        store.delete();
        isNew = false;
    }
}
