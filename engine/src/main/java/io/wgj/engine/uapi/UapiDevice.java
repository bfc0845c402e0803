// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.DeviceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.Arrays;
import java.util.List;

/// A device in another process, behind its Unix socket. Every request has a connection of its own, so nothing
/// is open between calls, and a device that restarts in between is found again.
public final class UapiDevice implements UserspaceDevice {
    /// A class, not a lambda: each lambda costs a short command half a millisecond.
    private static final ScopeIndexes INDEXES = new ScopeIndexes() {
        @Override
        public int indexOf(String name) {
            return Interfaces.indexOf(name);
        }
    };

    private final DeviceName name;
    private final String path;

    /// @param path of the socket, its bytes as chars; see [UapiSockets#pathOf]
    public UapiDevice(DeviceName name, String path) {
        this.name = name;
        this.path = path;
    }

    @Override
    public DeviceName name() {
        return name;
    }

    /// @throws DeviceException with the errno of the call that failed, or of the server's reply; `EPROTO`
    ///     when the server does not speak the protocol
    @Override
    public DeviceState read() throws DeviceException {
        return UapiText.parseGetReply(name, exchange(UapiText.getRequest()), INDEXES);
    }

    /// The same for a caller that reads the device again and again.
    ///
    /// @param memory of this device alone
    public DeviceState read(ReplyMemory memory) throws DeviceException {
        try (UnixStream stream = UnixStream.connect(path)) {
            stream.write(Latin1.bytes(UapiText.getRequest()));
            return memory.read(name, stream, INDEXES);
        } catch (SystemException e) {
            throw UapiErrors.of(e.errno().number(), e.operation() + " " + path);
        }
    }

    /// Sends everything in one request. Servers apply it line by line, so a failure can leave its first lines
    /// applied.
    @Override
    public void apply(DeviceUpdate update) throws DeviceException {
        UapiText.parseSetReply(exchange(UapiText.formatSet(update, Interfaces::nameOf)));
    }

    @Override
    public void apply(SetRequest request) throws DeviceException {
        UapiText.parseSetReply(exchange(UapiText.formatSet(request, Interfaces::nameOf)));
    }

    @Override
    public List<EngineStat> stats() throws DeviceException {
        return UapiText.parseStats(exchange(UapiText.statsRequest()));
    }

    @Override
    public EngineProblems problems() throws DeviceException {
        return EngineProblems.of(UapiText.parseStats(exchange(UapiText.PROBLEMS_REQUEST)));
    }

    @Override
    public void setLogLevel(String level) throws DeviceException {
        UapiText.parseSetReply(exchange(UapiText.logRequest(level)));
    }

    /// Opens the stream of events of wgj's own engine. Other clients of the socket do not notice it.
    ///
    /// @throws DeviceException `EPROTO` when the process behind the socket has none
    public EngineEvents events() throws DeviceException {
        return EngineEvents.open(path);
    }

    @Override
    public void close() {}

    private String exchange(String request) throws DeviceException {
        try (UnixStream stream = UnixStream.connect(path)) {
            stream.write(Latin1.bytes(request));
            return readReply(stream);
        } catch (SystemException e) {
            throw UapiErrors.of(e.errno().number(), e.operation() + " " + path);
        }
    }

    /// Reads up to the empty line, or to the end of the connection; the reply is incomplete then.
    private static String readReply(UnixStream stream) throws SystemException {
        byte[] reply = new byte[1 << 13];
        int length = 0;
        while (!endsWithEmptyLine(reply, length)) {
            if (length == reply.length) {
                reply = Arrays.copyOf(reply, 2 * length);
            }
            int got = receive(stream, reply, length);
            if (got == 0) {
                break;
            }
            length += got;
        }
        return Latin1.of(reply, length);
    }

    /// A server that closes before it has read the whole request resets the connection: that is the end of
    /// the reply.
    static int receive(UnixStream stream, byte[] reply, int length) throws SystemException {
        try {
            return stream.read(reply, length, reply.length - length);
        } catch (SystemException e) {
            if (e.errno().is(Errno.ECONNRESET)) {
                return 0;
            }
            throw e;
        }
    }

    static boolean endsWithEmptyLine(byte[] reply, int length) {
        return length > 0 && reply[length - 1] == '\n' && (length == 1 || reply[length - 2] == '\n');
    }
}
