// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.FakeNetlinkSocket;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GenericNetlinkTest {
    @Test
    void asksTheControllerForTheNumber() throws NetlinkException {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> replies.message(
                        0x10,
                        0,
                        out -> out.header(new byte[] {1, 2, 0, 0})
                                .string(2, "wireguard")
                                .u16(1, 0x20)
                                .u32(3, 1))
                .ack());

        assertThat(familyId(socket)).hasValue(0x20);
        NetlinkMessage request = socket.requests().getFirst();
        byte[] payload = new byte[request.payload().remaining()];
        request.payload().get(payload);
        assertThat(request.type()).isEqualTo(0x10);
        assertThat(request.flags()).isEqualTo(5);
        assertThat(HexFormat.of().formatHex(payload))
                .isEqualTo("03010000" + "0e000200" + "77697265677561726400" + "0000");
    }

    @Test
    void noSuchFamilyIsAnAnswer() throws NetlinkException {
        assertThat(familyId(new FakeNetlinkSocket((request, replies) -> replies.error(Errno.ENOENT))))
                .isEmpty();
    }

    @Test
    void anythingElseIsAFailure() {
        assertThatThrownBy(() -> familyId(new FakeNetlinkSocket((request, replies) -> replies.error(Errno.ENOMEM))))
                .hasMessage("look up family wireguard: Cannot allocate memory (ENOMEM)");
        assertThatThrownBy(() -> familyId(new FakeNetlinkSocket((request, replies) -> replies.message(
                                0x10, 0, out -> out.header(new byte[4]).u8(1, 1))
                        .ack())))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.isMalformedReply()).isTrue());
    }

    @Test
    void theControllerIsAFamilyOfEveryKernel() throws NetlinkException {
        try (NetlinkConnection connection = NetlinkConnection.open(NetlinkConnection.NETLINK_GENERIC)) {
            assertThat(GenericNetlink.familyId(connection, "nlctrl")).hasValue(0x10);
            assertThat(GenericNetlink.familyId(connection, "no-such-family")).isEmpty();
        }
    }

    private static OptionalInt familyId(FakeNetlinkSocket socket) throws NetlinkException {
        return GenericNetlink.familyId(new NetlinkConnection(socket), "wireguard");
    }
}
