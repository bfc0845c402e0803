// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoute;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What a journal says. [JournalWriter] writes these lines, [JournalReader] reads them:
///
///     wgj-journal 1
///     boot ID            the kernel's boot_id when the journal was begun
///     begin WORD         a run begins: up, down, reload, adopt; or routes, which only withdraws routes of peers
///                        that are down, or restores them
///     file PATH          the file that the run applies
///     do STEP            a step is about to be performed; several may be pending
///     start MARK         the engine that is about to start has this mark
///     ok                 every pending step has been performed
///     no                 no pending step has been performed, except for those that follow as `did`
///     did STEP           a step has been performed
///     link NUMBER        the index of the link that the run made
///     made               every step of `up` has been performed; only its `PostUp` hooks are left
///     endpoint NUMBER    a fingerprint of a peer's key and endpoint, as the device has them at the run's end
///     hook-lines NUMBER  a fingerprint of the hook lines that `up` read
///     port NUMBER        the port that the device chose, because the file names none
///     mtu                the file names no MTU: it was found out
///     routed ROUTE       a route of the link that was there when the run planned its own; not of the file's
///     addresses hook STEP          a hook has undone this step
///     hook-device NUMBER a fingerprint of what a hook has changed of the device
///     withdrawn NUMBER ROUTE       this route is withdrawn, or is about to be; a fingerprint of its peer's key
///     returned NUMBER ROUTE        it is withdrawn no more
///     trial NUMBER       the run has to be confirmed; a random number
///     until TIME         the time limit, in milliseconds since the machine was started
///     decided            the confirmation has come, or everything is rolled back
///     end                the run has ended
///
/// @param boot the boot it belongs to
/// @param configFile the path of the file that was last applied, a byte a char; empty when it came from standard
///     input, or when it was not recorded
/// @param history the steps that were performed, and those that a killed run may have performed and that
///     would have to be undone
/// @param linkIndex of the link; empty when the run was killed before it knew the index
/// @param complete whether the last run has ended, and every line was understood
/// @param interruptedRoutes whether every run has ended, except for a last one that withdrew or restored routes
/// @param made whether an `up` has performed all its steps, except for hooks, or the tunnel was adopted
/// @param removing whether a run has begun to delete the link
/// @param endpoints fingerprints of the endpoints that were last applied; after a killed run, of those that
///     it meant to keep
/// @param automaticMtu whether the file that was last applied names no MTU
/// @param earlierRoutes the routes into the link that were there before our own routes were planned
/// @param hooks what hooks have changed
/// @param withdrawn the routes that are withdrawn because their peers are down
/// @param hookLines a fingerprint of the hook lines that `up` read; empty when it was not recorded
/// @param chosenPort the port that the device chose; empty when the file names one, or when it was not
///     recorded
/// @param pendingStart the mark of an engine that a killed run was starting
/// @param trial of the last run, or of the `up` before a reload
/// @param damage the first line that was not understood, with its number; empty when there is none
public record Journal(
        String boot,
        Optional<String> configFile,
        List<Step> history,
        OptionalInt linkIndex,
        boolean complete,
        boolean interruptedRoutes,
        boolean made,
        boolean removing,
        Set<Long> endpoints,
        boolean automaticMtu,
        List<Route> earlierRoutes,
        HookChanges hooks,
        List<WithdrawnRoute> withdrawn,
        OptionalLong hookLines,
        OptionalInt chosenPort,
        Optional<String> pendingStart,
        Optional<OnTrial> trial,
        String damage) {
    /// The first line, with the version of the format.
    static final String FIRST_LINE = "wgj-journal 1";

    public Journal {
        history = List.copyOf(history);
        endpoints = Set.copyOf(endpoints);
        earlierRoutes = List.copyOf(earlierRoutes);
        withdrawn = List.copyOf(withdrawn);
    }

    /// Whether the link that now has the tunnel's name is the one that the run made. A run that was killed
    /// between making the link and recording its index left it down; a link that is up was made by something
    /// else since.
    public boolean isAbout(int index, boolean isUp) {
        return linkIndex.isPresent() ? linkIndex.getAsInt() == index : !isUp;
    }

    /// A run that has to be confirmed.
    ///
    /// @param number distinguishes it from other such runs
    /// @param reload whether it is a reload and not an `up`
    /// @param until the time limit, in milliseconds since the machine was started; empty while the run goes
    ///     on
    /// @param decided whether it was confirmed or rolled back
    public record OnTrial(long number, boolean reload, OptionalLong until, boolean decided) {
        /// Whether the time is over.
        public boolean isOver(long now) {
            return until.isPresent() && until.getAsLong() <= now;
        }
    }

    /// The run that waits for a confirmation, if there is one.
    public Optional<OnTrial> waiting() {
        return trial.filter(one -> !one.decided());
    }

    /// Whether it belongs to the present boot, as far as it says.
    public boolean isOf(String presentBoot) {
        return boot.isEmpty() || boot.equals(presentBoot);
    }

    /// Whether `up` began to make the link, and was killed before it had performed all its steps.
    public boolean isHalfMade() {
        return !made && Step.contains(history, Step.MakesLink.class);
    }
}
