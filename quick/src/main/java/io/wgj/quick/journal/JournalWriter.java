// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.Step;
import java.util.List;

/// Writes down what a run is about to do, so that another run can undo it. What is written outlives this
/// process when a method returns. [Journal] reads it and tells what the lines mean.
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

    /// Where the text is.
    interface Store {
        /// Opens it, and makes it where it is not yet there. Whether it is empty.
        boolean open() throws JournalException;

        /// Adds whole lines at its end.
        void append(String lines) throws JournalException;

        /// Closes and removes it.
        void delete() throws JournalException;
    }

    /// Goes on without one: nothing is written from here on. What this run has begun is removed, as far as that
    /// can be, so that `down` looks for itself.
    ///
    /// @param reason why
    public void lose(String reason) {
        lost = reason;
        if (isNew) {
            try {
                store.delete();
            } catch (JournalException _) {
                // It stays, without an end, and `down` looks for itself all the same.
                return;
            }
        }
    }

    /// Why nothing is written; empty when it is.
    public String lost() {
        return lost;
    }

    private void append(String lines) throws JournalException {
        if (lost.isEmpty()) {
            try {
                store.append(lines);
            } catch (UnwritableException e) {
                lose(String.valueOf(e.getMessage()));
            }
        }
    }

    /// A run begins.
    ///
    /// @param word `up`, `down`, `reload`, or `adopt` for a tunnel that another tool has made
    public void begin(String word) throws JournalException {
        if (lost.isEmpty()) {
            try {
                boolean empty = store.open();
                isNew |= empty;
                String header = empty ? Journal.FIRST_LINE + "\nboot " + boot + "\n" : "";
                append(header + "begin " + word + "\n");
            } catch (UnwritableException e) {
                lose(String.valueOf(e.getMessage()));
            }
        }
    }

    /// These steps, none of them a hook, are about to be performed.
    public void about(List<Step> steps) throws JournalException {
        append(lines("", "do ", steps));
    }

    /// What is about to be performed starts an engine, all of whose processes will have this mark.
    public void starting(String mark) throws JournalException {
        append("start " + mark + "\n");
    }

    /// They have been.
    public void done() throws JournalException {
        append("ok\n");
    }

    /// Of them only `performed` have been.
    public void failed(List<Step> performed) throws JournalException {
        append(lines("no\n", "did ", performed));
    }

    /// These have happened earlier: another tool, or another tunnel's run, has done them.
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

    /// The link that was made has this index.
    public void link(int index) throws JournalException {
        append("link " + index + "\n");
    }

    /// All steps of `up` are done; hooks follow.
    public void made() throws JournalException {
        append("made\n");
    }

    /// What the run does stays only if a confirmation comes.
    public void trial(long number) throws JournalException {
        append("trial " + Long.toHexString(number) + "\n");
    }

    /// The confirmation has to come until then, in milliseconds since the machine was started.
    public void until(long time) throws JournalException {
        append("until " + time + "\n");
    }

    /// The trial is over: the confirmation has come, or all is rolled back.
    public void decided() throws JournalException {
        open();
        append("decided\n");
    }

    /// Fingerprints of the endpoints that the device has got, or, written before it gets them, is about to get.
    public void endpoints(Iterable<Long> fingerprints) throws JournalException {
        StringBuilder lines = new StringBuilder();
        for (long fingerprint : fingerprints) {
            lines.append("endpoint ").append(Long.toHexString(fingerprint)).append('\n');
        }
        append(lines.toString());
    }

    /// A fingerprint of the hook lines of the file that `up` applies.
    public void hookLines(long fingerprint) throws JournalException {
        append("hook-lines " + Long.toHexString(fingerprint) + "\n");
    }

    /// The file that is applied names no MTU.
    public void automaticMtu() throws JournalException {
        append("mtu\n");
    }

    /// These routes lead into the link, and are neither ours nor of the file's addresses.
    public void routed(List<Route> routes) throws JournalException {
        StringBuilder lines = new StringBuilder();
        for (Route route : routes) {
            lines.append("routed ").append(StepCodec.formatRoute(route)).append('\n');
        }
        append(lines.toString());
    }

    /// Hooks have undone these steps, and changed of the device what these fingerprints stand for.
    public void hooks(List<Step> undone, Iterable<Long> device) throws JournalException {
        StringBuilder lines = new StringBuilder(lines("", "hook ", undone));
        for (long fingerprint : device) {
            lines.append("hook-device ").append(Long.toHexString(fingerprint)).append('\n');
        }
        if (!lines.isEmpty()) {
            append(lines.toString());
        }
    }

    /// The port that the device was given by nobody, and chose itself.
    public void port(int number) throws JournalException {
        append("port " + number + "\n");
    }

    /// The run has come to its end, and what it did stays.
    public void end() throws JournalException {
        append("end\n");
    }

    /// Nothing is left that would have to be undone: the journal goes.
    public void delete() throws JournalException {
        store.delete();
        isNew = false;
    }
}
