// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.MonitorException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Latin1;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.protocol.ProtocolException;
import io.wgj.monitor.protocol.RefusedException;
import io.wgj.monitor.protocol.ReplyReader;
import io.wgj.monitor.protocol.ScopeIndexes;
import io.wgj.monitor.protocol.StatusRequest;
import io.wgj.netlink.sys.Interfaces;
import java.util.List;
import java.util.Optional;

/// Asks the monitor on behalf of one command, and turns what goes wrong into sentences and exit codes.
public final class MonitorClient {
    /// A monitor answers within milliseconds, unless it is stopped.
    private static final long REPLY_MILLIS = 5_000;

    /// A class, not a lambda: each lambda costs a short command half a millisecond.
    private static final ScopeIndexes INDEXES = new ScopeIndexes() {
        @Override
        public int indexOf(String name) {
            return Interfaces.indexOf(name);
        }
    };

    private final Monitor monitor;
    private final String command;

    /// @param command its name, with which sentences begin
    public MonitorClient(Host host, String command) {
        this.monitor = host.monitor();
        this.command = command;
    }

    /// A reply to [StatusRequest.Status].
    ///
    /// @param line as it came, bytes as chars, without a line end
    public record StatusReply(String line, MonitorStatus status) {}

    /// The state of one interface, or of all.
    public StatusReply status(Optional<DeviceName> link) throws RefusalException {
        try (Monitor.Connection connection = connect()) {
            connection.send(new StatusRequest.Status(link).line());
            byte[] line = connection.receive(REPLY_MILLIS);
            return new StatusReply(Latin1.of(line), ReplyReader.status(line, INDEXES));
        } catch (MonitorException failure) {
            throw refusal(failure);
        } catch (ProtocolException malformed) {
            throw refusal(malformed);
        } catch (RefusedException refused) {
            throw refusal(refused, link);
        }
    }

    /// All devices, without secrets.
    List<DeviceState> devices() throws RefusalException {
        try (Monitor.Connection connection = connect()) {
            connection.send(new StatusRequest.Show(Optional.empty()).line());
            return ReplyReader.devices(connection.receive(REPLY_MILLIS), INDEXES);
        } catch (MonitorException failure) {
            throw refusal(failure);
        } catch (ProtocolException malformed) {
            throw refusal(malformed);
        } catch (RefusedException refused) {
            throw refusal(refused, Optional.empty());
        }
    }

    Monitor.Connection connect() throws RefusalException {
        try {
            return monitor.connect();
        } catch (MonitorException failure) {
            throw refusal(failure);
        }
    }

    /// Why the monitor could not be asked.
    RefusalException refusal(MonitorException failure) {
        String path = monitor.path();
        return switch (failure.reason()) {
            case NONE ->
                refusal(
                        ExitCode.NO_MONITOR,
                        "no monitor runs in this network namespace (nothing answers at " + path
                                + "); `wgj monitor' runs one");
            case NOT_PERMITTED ->
                refusal(
                        ExitCode.NOT_PERMITTED,
                        path + ": only root and the group wgj may read the status; `usermod -aG wgj USER' adds a user,"
                                + " from the next login on");
            case ENDED -> refusal(ExitCode.NO_MONITOR, "the monitor has ended, or dropped this connection");
            case SILENT -> refusal(ExitCode.NO_MONITOR, path + ": the monitor does not answer; is it stopped?");
            case FAILED -> refusal(ExitCode.FAILED, path + ": " + ErrorReport.sentence(failure.errno()));
        };
    }

    RefusalException refusal(ProtocolException malformed) {
        return refusal(
                ExitCode.FAILED,
                monitor.path() + ": " + malformed.sentence() + "; restart the monitor if wgj was upgraded");
    }

    /// @param link the interface of the request
    RefusalException refusal(RefusedException refused, Optional<DeviceName> link) {
        String place = link.isPresent() ? link.get() + ": " : "";
        String advice = refused.code() == ExitCode.NOT_FOUND ? "; `wgj status' lists those that it follows" : "";
        return refusal(refused.code(), place + refused.sentence() + advice);
    }

    RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of(command + ": " + sentence));
    }
}
