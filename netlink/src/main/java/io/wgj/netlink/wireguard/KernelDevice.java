// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.wireguard.WireGuardFamily.*;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.generic.GenericNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A WireGuard device in the kernel, reached over generic netlink. Each call opens a connection in the network
/// namespace of its thread and looks the family up, because its number changes when the module is loaded again.
public final class KernelDevice implements WireGuardDevice {
    /// In bytes: two or three times as much as the kernel writes at once, fifteen times as much as `wg` sends. It
    /// must stay below 64 KiB, the longest nest, and below the usual send buffer of 208 KiB.
    public static final int MESSAGE_LIMIT = 60 * 1024;

    private static final String GET = "read WireGuard device";
    private static final String SET = "configure WireGuard device";

    private final DeviceName name;
    private final Connector connector;
    private final int messageLimit;

    /// Opens connections to generic netlink.
    @FunctionalInterface
    public interface Connector {
        NetlinkConnection open() throws NetlinkException;
    }

    /// The device called `name`, which need not exist.
    public KernelDevice(DeviceName name) {
        this(name, new ToTheKernel(), MESSAGE_LIMIT);
    }

    /// @param messageLimit the longest message to send, in bytes, 512 to 65,535
    public KernelDevice(DeviceName name, Connector connector, int messageLimit) {
        this.name = name;
        this.connector = connector;
        this.messageLimit = messageLimit;
    }

    @Override
    public DeviceName name() {
        return name;
    }

    /// A name longer than 15 bytes is `ENAMETOOLONG` without asking the kernel.
    @Override
    public DeviceState read() throws DeviceException {
        if (name.text().length() > DeviceName.MAX_LENGTH) {
            throw new DeviceException(Reason.INVALID, Errno.ENAMETOOLONG, null);
        }
        AttributeWriter request = AttributeWriter.inNativeOrder()
                .header(GenericNetlink.header(WG_CMD_GET_DEVICE, WG_GENL_VERSION))
                .string(WGDEVICE_A_IFNAME, name.text());
        try (NetlinkConnection connection = connector.open()) {
            int family = family(connection);
            return connection
                    .dump(GET, family, request.payload(), OnInterruption.RESTART, new Decoders())
                    .state(name);
        } catch (NetlinkException e) {
            throw failure(e, e.detail().orElse(null));
        }
    }

    /// A name longer than 15 bytes is cut there, as `wg` does. The kernel applies each message up to its first
    /// error and keeps what it has applied.
    @Override
    public void apply(DeviceUpdate update) throws DeviceException {
        send(update, null);
    }

    @Override
    public void apply(DeviceUpdate update, IntConsumer sent) throws DeviceException {
        send(update, sent);
    }

    private void send(DeviceUpdate update, @Nullable IntConsumer sent) throws DeviceException {
        DeviceUpdateEncoder encoder = new DeviceUpdateEncoder(name, update, messageLimit);
        AttributeWriter message = AttributeWriter.inNativeOrder();
        try (NetlinkConnection connection = connector.open()) {
            int family = family(connection);
            while (encoder.hasNext()) {
                encoder.encodeNext(message);
                connection.request(SET, family, 0, message.payload(), MessageHandler.NONE);
                if (sent != null) {
                    sent.accept(encoder.peersEncoded());
                }
            }
        } catch (NetlinkException e) {
            throw failure(e, detail(e, update));
        }
    }

    /// Does nothing: no connection stays open between calls.
    @Override
    public void close() {}

    private static int family(NetlinkConnection connection) throws NetlinkException, DeviceException {
        OptionalInt family = GenericNetlink.familyId(connection, WG_GENL_NAME);
        if (family.isEmpty()) {
            throw new DeviceException(
                    Reason.NOT_SUPPORTED, Errno.EPROTONOSUPPORT, "the kernel has no WireGuard, nor a module of it");
        }
        return family.getAsInt();
    }

    /// The kernel's own words, and the likely reason.
    private static @Nullable String detail(NetlinkException e, DeviceUpdate update) {
        String said = e.detail().orElse(null);
        if (!e.errno().is(Errno.EINVAL) || !update.removesAllowedIps()) {
            return said;
        }
        String reason = "removing single allowed IPs needs Linux 6.16 or later";
        return said == null ? reason : said + "; " + reason;
    }

    private static DeviceException failure(NetlinkException e, @Nullable String detail) {
        Reason reason = e.isMalformedReply() ? Reason.IO : reason(e.errno().number());
        return new DeviceException(reason, e.errno().number(), detail, e);
    }

    private static Reason reason(int errno) {
        return switch (errno) {
            case Errno.ENODEV -> Reason.NOT_FOUND;
            case Errno.EPERM, Errno.EACCES -> Reason.NOT_PERMITTED;
            case Errno.EOPNOTSUPP, Errno.EPROTONOSUPPORT, Errno.EPFNOSUPPORT -> Reason.NOT_SUPPORTED;
            case Errno.EADDRINUSE, Errno.EBUSY -> Reason.BUSY;
            case Errno.EINVAL, Errno.ERANGE, Errno.EBADR, Errno.ENAMETOOLONG -> Reason.INVALID;
            default -> Reason.IO;
        };
    }

    // No lambdas: `show` would set up what makes them, for these two (LoadedClassesTest).

    private static final class ToTheKernel implements Connector {
        @Override
        public NetlinkConnection open() throws NetlinkException {
            return NetlinkConnection.open(NetlinkConnection.NETLINK_GENERIC);
        }
    }

    private static final class Decoders implements Supplier<DeviceStateDecoder> {
        @Override
        public DeviceStateDecoder get() {
            return new DeviceStateDecoder();
        }
    }
}
