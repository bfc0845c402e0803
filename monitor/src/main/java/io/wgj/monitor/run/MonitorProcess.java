// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.engine.run.Privileges;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.hooks.ChildProcesses;
import io.wgj.monitor.model.MonitorServer;
import io.wgj.monitor.model.PeerService;
import io.wgj.netlink.sys.Capabilities;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// One monitor from its start to its end, at SIGTERM or SIGINT. Tunnels stay as they are.
public final class MonitorProcess {
    private static final long SECOND = 1_000_000_000L;
    private static final int LOCK_MODE = 0600;

    private final MonitorOptions options;
    private final List<PeerService.Factory> services;
    private final List<MonitorServer> servers;
    private final MonitorClock clock = MonitorClock.SYSTEM;
    private volatile boolean isEnding;

    public MonitorProcess(MonitorOptions options, List<PeerService.Factory> services, List<MonitorServer> servers) {
        this.options = options;
        this.services = List.copyOf(services);
        this.servers = List.copyOf(servers);
    }

    /// Drops privileges and runs until a signal ends it. The caller has to end the JVM afterwards.
    ///
    /// @throws MonitorFailure when it cannot start
    public void run() throws MonitorFailure {
        MonitorLog log =
                new MonitorLog(options.out(), options.variables().apply("JOURNAL_STREAM") == null, options.verbose());
        try {
            requirePrivileges();
            Privileges.keepOnly(Capabilities.CAP_NET_ADMIN | Capabilities.CAP_NET_RAW, log::add);
            Journals journals = Journals.of(Journals.DEFAULT_ROOT, Namespaces.networkCookie());
            FileStateStore store = new FileStateStore(journals.monitorFolder(), journals);
            try (NativeFile _ = lock(store, journals.monitorFolder(), log);
                    NetworkWaiter waiter = NetworkWaiter.open(clock, log::add)) {
                UapiSockets sockets = new UapiSockets();
                ChildProcesses hooks = new ChildProcesses();
                MonitorPorts ports = new MonitorPorts(
                        clock,
                        LinuxInterfaces.open(sockets),
                        new ReaderThreads(sockets, clock),
                        new JournalSettings(journals),
                        store,
                        hooks,
                        waiter::wake,
                        job -> Thread.ofPlatform().daemon().name("hooks").start(job),
                        log::add);
                Thread.ofPlatform().daemon().name("prepare-hooks").start(hooks::prepare);
                try (Monitor monitor = new Monitor(ports, options.only())) {
                    serve(monitor, waiter, log);
                } finally {
                    hooks.end();
                }
            }
        } catch (SystemException | NetlinkException | JournalException failure) {
            throw new MonitorFailure(String.valueOf(failure.getMessage()), false);
        } finally {
            log.flush();
        }
    }

    private static void requirePrivileges() throws SystemException, MonitorFailure {
        if ((Capabilities.effective() & Capabilities.CAP_NET_ADMIN) == 0) {
            throw new MonitorFailure("reading devices needs CAP_NET_ADMIN; run it as root", true);
        }
    }

    /// Keeps a second monitor of this network namespace out. Where the lock's file cannot be made, there is
    /// none.
    private static NativeFile lock(FileStateStore store, String folder, MonitorLog log)
            throws MonitorFailure, SystemException {
        try {
            store.make();
            NativeFile file =
                    NativeFile.openNoFollow(folder + "/lock", NativeFile.O_RDWR | NativeFile.O_CREAT, LOCK_MODE);
            if (!file.tryLock()) {
                file.close();
                throw new MonitorFailure(
                        "a monitor of this network namespace runs already; `systemctl status wgj-monitor' or"
                                + " `fuser " + folder + "/lock' shows it",
                        false);
            }
            return file;
        } catch (IOException failure) {
            log.add(failure.getMessage() + "; going on: a second monitor is not noticed, and no state is saved");
            return NativeFile.open("/dev/null");
        } catch (SystemException failure) {
            if (failure.errno().is(Errno.EROFS) || failure.errno().is(Errno.EACCES)) {
                log.add(folder + ": " + failure.errno().sentence() + "; going on without a lock");
                return NativeFile.open("/dev/null");
            }
            throw failure;
        }
    }

    private void serve(Monitor monitor, NetworkWaiter waiter, MonitorLog log) throws MonitorFailure {
        ServiceNotifier notifier = new ServiceNotifier(options.variables());
        MonitorSignals.handle(monitor::reload, () -> {
            isEnding = true;
            waiter.wake();
        });
        try (var _ = monitor.events().subscribe(Instant.EPOCH, log)) {
            monitor.start(services);
            start(monitor, log);
            boolean isReady = false;
            long nextStatus = 0;
            Changes changes = new Changes(true, true, true);
            while (!isEnding) {
                long next = monitor.round(changes);
                long now = clock.bootNanos();
                if (!isReady) {
                    isReady = true;
                    notifier.ready();
                }
                if (nextStatus <= now) {
                    nextStatus = now + 5 * SECOND;
                    notifier.status(monitor.summary());
                }
                notifier.alive(now);
                changes = waiter.await(Math.min(Math.min(next, notifier.due()), nextStatus));
            }
            notifier.stopping();
        } finally {
            servers.forEach(MonitorServer::close);
            notifier.close();
        }
    }

    private void start(Monitor monitor, MonitorLog log) throws MonitorFailure {
        for (MonitorServer server : servers) {
            try {
                server.start(monitor, monitor.events(), log::add);
            } catch (IOException failure) {
                throw new MonitorFailure(String.valueOf(failure.getMessage()), false);
            }
        }
    }
}
