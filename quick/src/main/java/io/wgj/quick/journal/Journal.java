// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What a journal tells, read from its text:
///
///     wgj-journal 1
///     boot ID            the kernel's boot_id when it was begun
///     begin WORD         a run: up, down, reload, adopt
///     do STEP            about to happen; several may wait
///     start MARK         the engine that is about to start has this StartMark
///     ok                 all that waits has happened
///     no                 nothing of what waits has happened, except for what follows as `did`
///     did STEP           has happened
///     link NUMBER        the index of the link that the run made
///     made               all steps of `up` are done; only its `PostUp` hooks are left
///     endpoint NUMBER    a fingerprint of a peer's key and endpoint, as the device has them at the run's end
///     port NUMBER        the port that the device chose, since nobody had given it one
///     mtu                the file names no MTU: it was found out
///     routed ROUTE       a route of the link that was there when the run planned its own, and is not of its addresses
///     hook STEP          a hook has undone this
///     hook-device NUMBER a fingerprint of what a hook has changed of the device
///     trial NUMBER       what the run does stays only if a confirmation comes; a random number
///     until TIME         in milliseconds since the machine was started
///     decided            it has come, or all is rolled back
///     end                the run has come to its end
///
/// A line that lacks its end was cut off while it was written: what it speaks of has not happened. A line that makes no
/// sense is left out, and the first of them is [#damage].
///
/// @param boot the boot it belongs to
/// @param history what happened, and, of what a killed run was about to do, all that would have to be undone
/// @param linkIndex of the link; empty when the run was killed before it knew
/// @param complete whether the last run came to its end, and all lines make sense
/// @param made whether an `up` has done all its steps, hooks apart, or the tunnel was adopted
/// @param removing whether a run has begun to delete the link
/// @param endpoints fingerprints of what was last applied; after a run that was killed, of what it would have left
/// alone
/// @param automaticMtu whether the file that was last applied named no MTU
/// @param earlierRoutes what was routed into the link before the first of our own routes was planned
/// @param hooks what hooks have made otherwise than the file says
/// @param chosenPort the port that nobody named; empty when somebody did, or when it was not written down
/// @param pendingStart the mark of an engine whose start a killed run did not see the end of
/// @param trial of the last run, or of the `up` before a reload
/// @param damage the first line that makes no sense, with its number; empty when there is none
public record Journal(
        String boot,
        List<Step> history,
        OptionalInt linkIndex,
        boolean complete,
        boolean made,
        boolean removing,
        Set<Long> endpoints,
        boolean automaticMtu,
        List<Route> earlierRoutes,
        HookChanges hooks,
        OptionalInt chosenPort,
        Optional<String> pendingStart,
        Optional<OnTrial> trial,
        String damage) {
    static final String FIRST_LINE = "wgj-journal 1";

    private static final String ANY_VERSION = "wgj-journal ";

    public Journal {
        history = List.copyOf(history);
        endpoints = Set.copyOf(endpoints);
        earlierRoutes = List.copyOf(earlierRoutes);
    }

    /// Whether the link that now has the tunnel's name is the one that the run made. A run that was killed between
    /// making it and writing its index down left it switched off; one that is on was made by somebody else since.
    public boolean isAbout(int index, boolean isUp) {
        return linkIndex.isPresent() ? linkIndex.getAsInt() == index : !isUp;
    }

    /// What waits for a confirmation.
    ///
    /// @param number tells one trial from another
    /// @param reload whether it is a reload and not an `up`
    /// @param until in milliseconds since the machine was started; empty while the run goes on
    /// @param decided whether it waits no more
    public record OnTrial(long number, boolean reload, OptionalLong until, boolean decided) {
        public boolean isOver(long now) {
            return until.isPresent() && until.getAsLong() <= now;
        }
    }

    /// What waits for a confirmation, if anything does.
    public Optional<OnTrial> waiting() {
        return trial.filter(one -> !one.decided());
    }

    /// Whether it speaks of the present boot, as far as it tells.
    public boolean isOf(String presentBoot) {
        return boot.isEmpty() || boot.equals(presentBoot);
    }

    /// Whether `up` began to make the link, and was killed before all was done.
    public boolean isHalfMade() {
        return !made && makesLink();
    }

    private boolean makesLink() {
        for (Step step : history) {
            if (step instanceof Step.CreateLink || step instanceof Step.StartEngine) {
                return true;
            }
        }
        return false;
    }

    /// @throws JournalException when another version of wgj wrote it: its lines may mean something else
    static Journal parse(String text) throws JournalException {
        Reader reader = new Reader();
        int start = 0;
        int number = 0;
        while (true) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return reader.content();
            }
            number++;
            String line = text.substring(start, end);
            if (number == 1 && line.startsWith(ANY_VERSION) && !line.equals(FIRST_LINE)) {
                throw new JournalException("another version of wgj wrote it (" + line + ")");
            }
            try {
                reader.line(number, line);
            } catch (JournalException e) {
                reader.damage("line " + number + ": " + e.getMessage());
            }
            start = end + 1;
        }
    }

    private static final class Reader {
        private final List<Step> history = new ArrayList<>();
        private final List<Step> waiting = new ArrayList<>();
        private final Set<Long> endpoints = new LinkedHashSet<>();
        private final Set<Long> comingEndpoints = new LinkedHashSet<>();
        private final List<Route> earlierRoutes = new ArrayList<>();
        private String boot = "";
        private final List<Step> comingHookSteps = new ArrayList<>();
        private final Set<Long> comingHookDevice = new LinkedHashSet<>();
        private HookChanges hooks = HookChanges.none();
        private boolean automaticMtu;
        private boolean comingAutomaticMtu;
        private OptionalInt linkIndex = OptionalInt.empty();
        private OptionalInt chosenPort = OptionalInt.empty();
        private Optional<String> pendingStart = Optional.empty();
        private boolean setsEndpoints;
        private boolean complete;
        private boolean made;
        private boolean removing;
        private Optional<OnTrial> trial = Optional.empty();
        private String damage = "";

        void damage(String what) {
            if (damage.isEmpty()) {
                damage = what;
            }
        }

        void line(int number, String line) throws JournalException {
            if (number == 1) {
                if (!line.equals(FIRST_LINE)) {
                    throw new JournalException("this is not the first line of a journal");
                }
                return;
            }
            int blank = line.indexOf(' ');
            String word = blank < 0 ? line : line.substring(0, blank);
            String rest = blank < 0 ? "" : line.substring(blank + 1);
            switch (word) {
                case "boot" -> boot = rest;
                case "begin" -> {
                    settle();
                    settleEndpoints();
                    complete = false;
                    made |= rest.equals("adopt");
                    if (!rest.equals("reload") || trial.filter(OnTrial::reload).isPresent()) {
                        trial = Optional.empty();
                    }
                    setsEndpoints = rest.equals("reload") || rest.equals("up");
                }
                case "do" -> {
                    Step step = StepReader.read(rest);
                    removing |= step instanceof Step.DeleteLink;
                    waiting.add(step);
                }
                case "start" -> pendingStart = Optional.of(rest);
                case "ok" -> {
                    history.addAll(waiting);
                    waiting.clear();
                    pendingStart = Optional.empty();
                }
                case "no" -> {
                    waiting.clear();
                    pendingStart = Optional.empty();
                }
                case "did" -> history.add(StepReader.read(rest));
                case "link" -> linkIndex = OptionalInt.of((int) number(rest, 10));
                case "made" -> made = true;
                case "trial" -> trial = Optional.of(new OnTrial(number(rest, 16), made, OptionalLong.empty(), false));
                case "until" -> {
                    long until = number(rest, 10);
                    trial = trial.map(one -> new OnTrial(one.number, one.reload, OptionalLong.of(until), one.decided));
                }
                case "decided" -> trial = trial.map(one -> new OnTrial(one.number, one.reload, one.until, true));
                case "endpoint" -> comingEndpoints.add(number(rest, 16));
                case "mtu" -> comingAutomaticMtu = true;
                case "hook" -> comingHookSteps.add(StepReader.read(rest));
                case "hook-device" -> comingHookDevice.add(number(rest, 16));
                case "routed" -> earlierRoutes.add(StepReader.readRoute(rest));
                case "port" -> chosenPort = OptionalInt.of((int) number(rest, 10));
                case "end" -> {
                    complete = true;
                    made = true;
                    if (setsEndpoints) {
                        endpoints.clear();
                        endpoints.addAll(comingEndpoints);
                        comingEndpoints.clear();
                        automaticMtu = comingAutomaticMtu;
                        hooks = new HookChanges(comingHookSteps, comingHookDevice);
                    }
                }
                default -> throw new JournalException("unknown word `" + word + "'");
            }
        }

        private static long number(String text, int radix) throws JournalException {
            try {
                return Long.parseUnsignedLong(text, radix);
            } catch (NumberFormatException _) {
                throw new JournalException("`" + text + "' is no number");
            }
        }

        /// A killed run's last words. What adds something may have happened: then it has to be undone. What
        /// takes something away may not have happened: then it has to be done again. What puts one thing in the
        /// place of another may have left either.
        private void settle() {
            for (Step step : waiting) {
                if (step instanceof Step.ReplaceRoute replace && replace.route().protocol() == Route.PROTOCOL_KERNEL) {
                    history.add(step);
                } else if (step instanceof Step.ReplaceRoute replace) {
                    history.add(new Step.AddRoute(replace.route()));
                } else if (step instanceof Step.ReplaceAddress replace) {
                    history.add(new Step.AddAddress(replace.link(), replace.address()));
                } else if (step instanceof Step.ReplaceDns replace) {
                    history.add(new Step.SetDns(replace.dns()));
                } else if (step instanceof Step.ReplaceFirewall replace) {
                    history.add(new Step.InstallFirewall(replace.tables()));
                } else if (!takesAway(step) && !isWayBack(step)) {
                    history.add(step);
                }
            }
            waiting.clear();
        }

        /// A run that was killed may have changed an endpoint or not: only those that it meant to leave are known.
        private void settleEndpoints() {
            automaticMtu &= complete || !setsEndpoints;
            comingAutomaticMtu = false;
            comingHookSteps.clear();
            comingHookDevice.clear();
            if (!complete && !comingEndpoints.isEmpty()) {
                endpoints.retainAll(comingEndpoints);
            }
            comingEndpoints.clear();
        }

        /// A setting that is set to what it was.
        private boolean isWayBack(Step step) {
            boolean isSetting =
                    step instanceof Step.SetSysctl || step instanceof Step.SetFwmark || step instanceof Step.SetMtu;
            return isSetting && step.inverse().filter(history::contains).isPresent();
        }

        private static boolean takesAway(Step step) {
            return step instanceof Step.DeleteLink
                    || step instanceof Step.DeleteAddress
                    || step instanceof Step.DeleteRule
                    || step instanceof Step.DeleteRoute
                    || step instanceof Step.RemoveFirewall
                    || step instanceof Step.UnsetDns;
        }

        Journal content() {
            boolean cutShort = !waiting.isEmpty();
            settle();
            settleEndpoints();
            return new Journal(
                    boot,
                    history,
                    linkIndex,
                    complete && !cutShort && damage.isEmpty(),
                    made,
                    removing,
                    endpoints,
                    automaticMtu,
                    earlierRoutes,
                    hooks,
                    chosenPort,
                    pendingStart,
                    trial,
                    damage);
        }
    }
}
