// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.Golden;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.FakeNetlinkSocket;
import io.wgj.netlink.transport.FakeNetlinkSocket.Script;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Compares with messages that nft(8) sent, and tests against a scripted kernel.
class NftablesBatchTest {
    private static final InterfaceName WG0 = new InterfaceName("wg0");
    private static final int BATCH_BEGIN = 16;
    private static final int BATCH_END = 17;
    private static final int NFT_MSG_NEWTABLE = 0xa00;
    private static final int NFT_MSG_NEWRULE = 0xa06;
    private static final int NFT_MSG_GETGEN = 0xa10;

    @Test
    void writesTheBatchOfWgQuick() throws Exception {
        NftablesBatch batch = new NftablesBatch()
                .add(TunnelTables.markChains(IpFamily.V4, WG0, 51_820, List.of(IpAddress.ofV4(0x0a090001))))
                .add(TunnelTables.markChains(
                        IpFamily.V6, WG0, 51_820, List.of(IpAddress.ofV6(0xfd00_0000_0000_0000L, 1))));

        assertThat(sent(batch)).isEqualTo(golden("nft-wg-quick"));
    }

    @Test
    void writesTheBatchOfOurOwnTable() throws Exception {
        NftablesBatch batch = new NftablesBatch().add(SampleTables.sources());

        assertThat(sent(batch)).isEqualTo(golden("nft-sources"));
    }

    @Test
    void framesTheBatchAndAsksForOneAnswer() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(acknowledging());
        try (Nftables nftables = connected(socket)) {
            nftables.commit(new NftablesBatch().add(TunnelTables.markChains(IpFamily.V4, WG0, 1, List.of())));
        }
        List<NetlinkMessage> messages =
                socket.requests().subList(1, socket.requests().size());

        assertThat(messages.getFirst().type()).isEqualTo(BATCH_BEGIN);
        assertThat(messages.getLast().type()).isEqualTo(BATCH_END);
        assertThat(messages)
                .extracting(message -> message.has(NetlinkMessage.NLM_F_ACK))
                .containsExactly(false, false, false, false, false, false, true, false);
    }

    @Test
    void tellsTheFirstThatTheKernelRefuses() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == NFT_MSG_GETGEN) {
                replies.ack();
            } else if (request.type() == NFT_MSG_NEWRULE) {
                replies.error(Errno.ENOENT, out -> out.string(1, "no such expression"));
            }
        });

        assertThatThrownBy(() -> {
                    try (Nftables nftables = connected(socket)) {
                        nftables.commit(
                                new NftablesBatch().add(TunnelTables.markChains(IpFamily.V4, WG0, 1, List.of())));
                    }
                })
                .hasMessage("add rule to ip wg-quick-wg0 premangle: No such file or directory (ENOENT):"
                        + " no such expression");
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsOver() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == NFT_MSG_GETGEN) {
                replies.ack();
            } else if (request.type() == BATCH_BEGIN) {
                replies.error(Errno.EPERM);
            }
        });

        assertThatThrownBy(() -> {
                    try (Nftables nftables = connected(socket)) {
                        nftables.commit(new NftablesBatch().delete(new Table(TableFamily.INET, "x")));
                    }
                })
                .hasMessage("change the packet filter: Operation not permitted (EPERM)");
    }

    @Test
    void aLateAnswerIsNotTakenForTheNextBatchs() throws Exception {
        int[] begun = {0};
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.type() == BATCH_BEGIN && begun[0]++ == 0) {
                replies.error(Errno.EBUSY);
            } else if (request.has(NetlinkMessage.NLM_F_ACK)) {
                replies.ack();
            }
        });
        try (Nftables nftables = connected(socket)) {
            NftablesBatch batch = new NftablesBatch().delete(new Table(TableFamily.INET, "x"));
            assertThatThrownBy(() -> nftables.commit(batch)).isInstanceOf(NetlinkException.class);
            nftables.commit(batch);
        }
        assertThat(begun[0]).isEqualTo(2);
    }

    @Test
    void anEmptyBatchIsNotSent() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(acknowledging());
        try (Nftables nftables = connected(socket)) {
            nftables.commit(new NftablesBatch());
        }
        assertThat(socket.requests()).hasSize(1);
    }

    @Test
    void aKernelWithoutNftablesIsAnAnswer() throws Exception {
        for (int errno : new int[] {Errno.EINVAL, Errno.EOPNOTSUPP}) {
            FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> replies.error(errno));

            assertThat(Nftables.over(new NetlinkConnection(socket))).isEmpty();
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void aRefusalIsNotTakenForAKernelWithoutNftables() {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> replies.error(Errno.EPERM));

        assertThatThrownBy(() -> Nftables.over(new NetlinkConnection(socket)))
                .hasMessage("look for nftables: Operation not permitted (EPERM)");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void aLongSetTravelsInSeveralMessages() throws Exception {
        List<IpPrefix> blocks = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            blocks.add(IpPrefix.host(IpAddress.ofV6(0xfd00_0000_0000_0000L, 2L * i)));
        }
        List<String> messages = sent(new NftablesBatch()
                .add(new TableContent(
                        new Table(TableFamily.INET, "x"),
                        List.of(new AddressSet("s", 1, IpFamily.V6, blocks)),
                        List.of(),
                        List.of())));

        assertThat(messages.stream().filter(message -> message.startsWith("a0c ")))
                .hasSize(7);
    }

    /// Acknowledges the messages that ask for it.
    private static Script acknowledging() {
        return (request, replies) -> {
            if (request.has(NetlinkMessage.NLM_F_ACK)) {
                replies.ack();
            }
        };
    }

    private static Nftables connected(FakeNetlinkSocket socket) throws NetlinkException {
        return Nftables.over(new NetlinkConnection(socket)).orElseThrow();
    }

    /// The type and payload of every message of a batch.
    private static List<String> sent(NftablesBatch batch) throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket(acknowledging());
        try (Nftables nftables = connected(socket)) {
            nftables.commit(batch);
        }
        return texts(socket.requests().subList(1, socket.requests().size()));
    }

    private static List<String> golden(String name) throws Exception {
        List<NetlinkMessage> messages = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(Golden.datagrams(name).getFirst());
        while (in.hasRemaining()) {
            messages.add(NetlinkMessage.next(in));
        }
        assertThat(messages).hasSizeGreaterThan(10).anyMatch(message -> message.type() == NFT_MSG_NEWTABLE);
        return texts(messages);
    }

    private static List<String> texts(List<NetlinkMessage> messages) {
        List<String> texts = new ArrayList<>();
        for (NetlinkMessage message : messages) {
            byte[] bytes = new byte[message.payload().remaining()];
            message.payload().duplicate().get(bytes);
            texts.add(Integer.toHexString(message.type()) + " " + HexFormat.of().formatHex(bytes));
        }
        return texts;
    }
}
