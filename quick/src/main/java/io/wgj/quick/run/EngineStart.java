// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts userspace implementations, which daemonize, and waits until their socket answers.
final class EngineStart {
    private static final String LOW_PORTS = "WGJ_ENGINE_LOW_PORTS";
    private static final int TRIES = 5_000;
    private static final int TRIES_FOR_PREDECESSOR = 500;
    private static final long PAUSE_MILLIS = 2;

    private final Environment environment;
    private final Programs programs;
    private final Interruption interruption;
    private final TunnelDevice device;
    private final TunnelRequest.Configuration configuration;
    private final ProgressListener listener;
    private final JournalWriter journal;
    private boolean hasStarted;

    EngineStart(
            Environment environment,
            Programs programs,
            Interruption interruption,
            TunnelDevice device,
            TunnelRequest.Configuration configuration,
            ProgressListener listener,
            JournalWriter journal) {
        this.journal = journal;
        this.configuration = configuration;
        this.listener = listener;
        this.environment = environment;
        this.programs = programs;
        this.interruption = interruption;
        this.device = device;
    }

    /// Starts the implementation of `step`, and returns the index of its link once its socket answers.
    int start(Step.StartEngine step, RouteNetlink netlink) throws StepException, RunException, NetlinkException {
        InterfaceName link = step.link();
        List<String> words = new ArrayList<>(
                step.program().equals(HostSupport.OWN_ENGINE) ? environment.ownEngine() : List.of(step.program()));
        words.add(link.text());
        awaitPredecessor();
        StartMark mark = mark();
        try {
            int code = programs.run(words, variables(mark), null);
            if (code != 0) {
                // wg-quick loses its exit code, because its cleanup then finds no link.
                throw new StepException(1, List.of());
            }
            int index = await(link, netlink, step.program());
            hasStarted = true;
            listener.remark(choice(step));
            return index;
        } catch (StepException | RunException e) {
            // It may be about to make its link. A process that cannot be found by its mark exits with its
            // link.
            mark.endAll(link);
            if (netlink.link(link.text()).isPresent()) {
                netlink.deleteLink(netlink.link(link.text()).get().index());
            }
            throw e;
        }
    }

    /// Waits until the implementation listens, after its link was set up. Only our own engine reports this.
    ///
    /// @throws StepException when it cannot bind its port, in ip(8)'s words for the kernel's WireGuard
    void awaitListening() throws StepException, RunException {
        if (!hasStarted) {
            return;
        }
        int errno = device.listeningErrno();
        for (int i = 0; errno == Errno.EAGAIN && i < TRIES; i++) {
            interruption.pause(PAUSE_MILLIS);
            errno = device.listeningErrno();
        }
        if (errno != 0 && errno != Errno.EAGAIN) {
            throw new StepException(2, "RTNETLINK answers: " + new Errno(errno).sentence());
        }
    }

    /// Our engine drops the right to listen on ports below 1024 unless it is started with this variable.
    private Map<String, String> variables(StartMark mark) {
        return configuration.hasLowPort()
                ? Map.of(StartMark.VARIABLE, mark.text(), LOW_PORTS, "1")
                : Map.of(StartMark.VARIABLE, mark.text());
    }

    /// Recorded first, so that a later run finds the engine even if this run is killed right now.
    private StartMark mark() throws StepException {
        try {
            StartMark mark = StartMark.random();
            journal.starting(mark.text());
            return mark;
        } catch (SystemException e) {
            throw Failures.of(e.operation(), e.errno());
        } catch (JournalException e) {
            throw new StepException(1, String.valueOf(e.getMessage()));
        }
    }

    /// Says which engine is used, and why.
    private String choice(Step.StartEngine step) {
        String link = step.link() + " runs in ";
        if (step.program().equals(HostSupport.OWN_ENGINE)) {
            return link + "wgj's own engine: "
                    + (environment.wantsOwnEngine()
                            ? HostSupport.WISH + "=1 asks for it"
                            : "the kernel has no WireGuard");
        }
        return link + "`" + step.program() + "': the kernel has no WireGuard, and "
                + (environment.variable(HostSupport.IMPLEMENTATION).isPresent()
                        ? HostSupport.IMPLEMENTATION + " names it"
                        : "this build no engine");
    }

    /// Waits for an implementation whose link was just deleted: it may still hold the socket that the next
    /// one needs.
    private void awaitPredecessor() throws RunException {
        try {
            for (int i = 0; i < TRIES_FOR_PREDECESSOR && device.isUserspace(); i++) {
                device.read();
                interruption.pause(PAUSE_MILLIS);
            }
        } catch (StepException _) {
            // The socket is free.
            return;
        }
    }

    private int await(InterfaceName link, RouteNetlink netlink, String program)
            throws StepException, RunException, NetlinkException {
        StepException last = new StepException(1, "`" + program + "' has made no interface `" + link + "'");
        for (int i = 0; i < TRIES; i++) {
            Optional<Link> made = netlink.link(link.text());
            if (made.isPresent()) {
                try {
                    device.readStarted();
                    return made.get().index();
                } catch (StepException e) {
                    last = e;
                }
            }
            interruption.pause(PAUSE_MILLIS);
        }
        throw last;
    }
}
