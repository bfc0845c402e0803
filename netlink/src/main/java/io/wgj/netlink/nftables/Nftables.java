// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.transport.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The packet filter of the network namespace it was opened in. Every call needs CAP_NET_ADMIN. Not for
/// several threads at once.
public final class Nftables implements AutoCloseable {
    /// `NETLINK_NETFILTER` (linux/netlink.h)
    private static final int NETLINK_NETFILTER = 12;

    private static final int NFNL_MSG_BATCH_BEGIN = 16;
    private static final int NFNL_MSG_BATCH_END = 17;

    private final NetlinkConnection connection;

    private Nftables(NetlinkConnection connection) {
        this.connection = connection;
    }

    /// Connects, in the calling thread's network namespace; empty when the kernel has no nftables and no
    /// module of it.
    public static Optional<Nftables> open() throws NetlinkException {
        try {
            return over(NetlinkConnection.open(NETLINK_NETFILTER));
        } catch (NetlinkException e) {
            if (e.errno().is(Errno.EPROTONOSUPPORT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Checks for nftables by asking for the generation of its rules. Closes the connection unless nftables
    /// answers.
    public static Optional<Nftables> over(NetlinkConnection connection) throws NetlinkException {
        AttributeWriter request = new AttributeWriter(ByteOrder.BIG_ENDIAN).header(NetfilterHeader.of(0, 0));
        boolean present = false;
        try {
            int type = NetfilterHeader.type(NftablesBatch.NFT_MSG_GETGEN);
            connection.request("look for nftables", type, 0, request.payload(), MessageHandler.NONE);
            present = true;
        } catch (NetlinkException e) {
            // The kernel answers EINVAL when no subsystem handles the message.
            if (!e.errno().is(Errno.EINVAL) && !e.errno().is(Errno.EOPNOTSUPP)) {
                throw e;
            }
        } finally {
            if (!present) {
                connection.close();
            }
        }
        return present ? Optional.of(new Nftables(connection)) : Optional.empty();
    }

    /// The tables of the families that wgj uses.
    public List<Table> tables() throws NetlinkException {
        AttributeWriter request = new AttributeWriter(ByteOrder.BIG_ENDIAN).header(NetfilterHeader.of(0, 0));
        int type = NetfilterHeader.type(NftablesBatch.NFT_MSG_GETTABLE);
        return connection.dump("list tables", type, request.payload(), OnInterruption.RESTART, Collector::new).tables;
    }

    /// Everything that drops packets, with its counters.
    public DropRules dropRules() throws NetlinkException {
        DropRules.Collector collector = new DropRules.Collector();
        AttributeWriter request = new AttributeWriter(ByteOrder.BIG_ENDIAN).header(NetfilterHeader.of(0, 0));
        for (int message : new int[] {NftablesBatch.NFT_MSG_GETCHAIN, NftablesBatch.NFT_MSG_GETRULE}) {
            // Best effort: of rules that change meanwhile, some may be missing.
            connection.dump(
                    "list rules",
                    NetfilterHeader.type(message),
                    request.payload(),
                    OnInterruption.KEEP,
                    () -> collector);
        }
        return collector.result();
    }

    /// Makes all changes of a batch, or none. Throws the first refusal, named in nft(8)'s words. `ENOENT` for
    /// a rule: the kernel lacks one of its expressions.
    public void commit(NftablesBatch batch) throws NetlinkException {
        if (batch.requests().isEmpty()) {
            return;
        }
        ByteBuffer subsystem = ByteBuffer.wrap(NetfilterHeader.of(0, NetfilterHeader.NFNL_SUBSYS_NFTABLES));
        connection.transact(
                new Request("change the packet filter", NFNL_MSG_BATCH_BEGIN, 0, subsystem),
                batch.requests(),
                new Request("change the packet filter", NFNL_MSG_BATCH_END, 0, subsystem));
    }

    @Override
    public void close() {
        connection.close();
    }

    private static final class Collector implements MessageHandler {
        private final List<Table> tables = new ArrayList<>();

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.type() != NetfilterHeader.type(NftablesBatch.NFT_MSG_NEWTABLE)) {
                return;
            }
            ByteBuffer in = message.payload();
            AttributeReader attributes =
                    new AttributeReader(in, NetfilterHeader.SIZE, ByteOrder.BIG_ENDIAN, "table of nftables");
            Optional<TableFamily> family = TableFamily.of(in.get(in.position()) & 0xff);
            while (attributes.next()) {
                if (attributes.type() == NftablesBatch.NFTA_TABLE_NAME && family.isPresent()) {
                    tables.add(new Table(family.get(), attributes.string()));
                }
            }
        }
    }
}
