// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_APPEND;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_CREATE;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.nftables.AddressSet.Boundary;
import io.wgj.netlink.transport.Request;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Changes that take effect all at once or not at all; [Nftables#commit] sends them. Their numbers are
/// big-endian, except in headers.
public final class NftablesBatch {
    static final int NFT_MSG_NEWTABLE = 0;
    static final int NFT_MSG_GETTABLE = 1;
    static final int NFT_MSG_DELTABLE = 2;
    static final int NFT_MSG_NEWCHAIN = 3;
    static final int NFT_MSG_GETCHAIN = 4;
    static final int NFT_MSG_NEWRULE = 6;
    static final int NFT_MSG_GETRULE = 7;
    static final int NFT_MSG_NEWSET = 9;
    static final int NFT_MSG_NEWSETELEM = 12;
    static final int NFT_MSG_GETGEN = 16;

    static final int NFTA_TABLE_NAME = 1;
    private static final int NFTA_TABLE_FLAGS = 2;

    private static final int NFTA_CHAIN_TABLE = 1;
    private static final int NFTA_CHAIN_NAME = 3;
    private static final int NFTA_CHAIN_HOOK = 4;
    private static final int NFTA_CHAIN_POLICY = 5;
    private static final int NFTA_CHAIN_TYPE = 7;
    private static final int NFTA_HOOK_HOOKNUM = 1;
    private static final int NFTA_HOOK_PRIORITY = 2;
    private static final int NF_ACCEPT = 1;

    private static final int NFTA_RULE_TABLE = 1;
    private static final int NFTA_RULE_CHAIN = 2;
    private static final int NFTA_RULE_EXPRESSIONS = 4;
    private static final int NFTA_LIST_ELEM = 1;
    private static final int NFTA_EXPR_NAME = 1;
    private static final int NFTA_EXPR_DATA = 2;

    private static final int NFTA_SET_TABLE = 1;
    private static final int NFTA_SET_NAME = 2;
    private static final int NFTA_SET_FLAGS = 3;
    private static final int NFTA_SET_KEY_TYPE = 4;
    private static final int NFTA_SET_KEY_LEN = 5;
    private static final int NFTA_SET_ID = 10;
    private static final int NFTA_SET_USERDATA = 13;
    private static final int NFT_SET_INTERVAL = 4;
    /// nft(8)'s numbers of its types `ipv4_addr` and `ipv6_addr`; the kernel only stores them.
    private static final int TYPE_IPV4 = 7;

    private static final int TYPE_IPV6 = 8;
    /// For nft(8), in its own format: item 0, four bytes, says that keys are big-endian.
    private static final byte[] BIG_ENDIAN_KEYS = userData();

    private static final int NFTA_SET_ELEM_LIST_TABLE = 1;
    private static final int NFTA_SET_ELEM_LIST_SET = 2;
    private static final int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
    private static final int NFTA_SET_ELEM_LIST_SET_ID = 4;
    private static final int NFTA_SET_ELEM_KEY = 1;
    private static final int NFTA_SET_ELEM_FLAGS = 3;
    private static final int NFT_SET_ELEM_INTERVAL_END = 1;
    private static final int NFTA_DATA_VALUE = 1;

    /// An element has 36 bytes at most, and a nest ends at 65,535.
    private static final int MOST_ELEMENTS = 1_000;

    private final List<Request> requests = new ArrayList<>();

    /// Adds a table with its content. Existing content of a table of that name stays, and the rules follow
    /// those of its chains.
    public NftablesBatch add(TableContent content) {
        Table table = content.table();
        addTable(table);
        content.sets().forEach(set -> addSet(table, set));
        content.chains().forEach(chain -> addChain(table, chain));
        content.rules().forEach(rule -> addRule(table, rule));
        return this;
    }

    /// Deletes a table with its content. `ENOENT` for the whole batch when there is none.
    public NftablesBatch delete(Table table) {
        return append(
                "delete table " + table, NFT_MSG_DELTABLE, 0, table, out -> out.string(NFTA_TABLE_NAME, table.name()));
    }

    /// Deletes a table with its content, if there is one.
    public NftablesBatch deleteIfPresent(Table table) {
        // The table in between is never visible; kernels before 6.3 have no other way.
        return addTable(table).delete(table);
    }

    List<Request> requests() {
        return requests;
    }

    private NftablesBatch addTable(Table table) {
        return append(
                "add table " + table,
                NFT_MSG_NEWTABLE,
                NLM_F_CREATE,
                table,
                out -> out.string(NFTA_TABLE_NAME, table.name()).u32(NFTA_TABLE_FLAGS, 0));
    }

    private void addSet(Table table, AddressSet set) {
        append(
                "add set " + table + " " + set.name(),
                NFT_MSG_NEWSET,
                NLM_F_CREATE,
                table,
                out -> out.string(NFTA_SET_TABLE, table.name())
                        .string(NFTA_SET_NAME, set.name())
                        .u32(NFTA_SET_FLAGS, NFT_SET_INTERVAL)
                        .u32(NFTA_SET_KEY_TYPE, set.family() == IpFamily.V6 ? TYPE_IPV6 : TYPE_IPV4)
                        .u32(NFTA_SET_KEY_LEN, set.family().bytes())
                        .u32(NFTA_SET_ID, set.id())
                        .bytes(NFTA_SET_USERDATA, BIG_ENDIAN_KEYS));
        List<Boundary> boundaries = set.boundaries();
        for (int from = 0; from < boundaries.size(); from += MOST_ELEMENTS) {
            addElements(table, set, boundaries.subList(from, Math.min(from + MOST_ELEMENTS, boundaries.size())));
        }
    }

    private void addElements(Table table, AddressSet set, List<Boundary> boundaries) {
        append(
                "fill set " + table + " " + set.name(),
                NFT_MSG_NEWSETELEM,
                NLM_F_CREATE,
                table,
                out -> out.string(NFTA_SET_ELEM_LIST_TABLE, table.name())
                        .string(NFTA_SET_ELEM_LIST_SET, set.name())
                        .u32(NFTA_SET_ELEM_LIST_SET_ID, set.id())
                        .nested(NFTA_SET_ELEM_LIST_ELEMENTS, list -> {
                            int number = 1;
                            for (Boundary boundary : boundaries) {
                                list.nested(number++, element -> encode(element, boundary));
                            }
                        }));
    }

    private static void encode(AttributeWriter element, Boundary boundary) {
        if (boundary.isEnd()) {
            element.u32(NFTA_SET_ELEM_FLAGS, NFT_SET_ELEM_INTERVAL_END);
        }
        element.nested(
                NFTA_SET_ELEM_KEY,
                key -> key.bytes(NFTA_DATA_VALUE, boundary.address().toBytes()));
    }

    private void addChain(Table table, BaseChain chain) {
        append(
                "add chain " + table + " " + chain.name(),
                NFT_MSG_NEWCHAIN,
                NLM_F_CREATE,
                table,
                out -> out.string(NFTA_CHAIN_TABLE, table.name())
                        .string(NFTA_CHAIN_NAME, chain.name())
                        .string(NFTA_CHAIN_TYPE, chain.type().word())
                        .u32(NFTA_CHAIN_POLICY, NF_ACCEPT)
                        .nested(
                                NFTA_CHAIN_HOOK,
                                hook -> hook.u32(NFTA_HOOK_HOOKNUM, chain.hook().number())
                                        .u32(NFTA_HOOK_PRIORITY, chain.priority())));
    }

    private void addRule(Table table, Rule rule) {
        String operation = "add rule to " + table + " " + rule.chain();
        append(
                operation,
                NFT_MSG_NEWRULE,
                NLM_F_CREATE | NLM_F_APPEND,
                table,
                out -> out.string(NFTA_RULE_TABLE, table.name())
                        .string(NFTA_RULE_CHAIN, rule.chain())
                        .nested(NFTA_RULE_EXPRESSIONS, list -> {
                            for (Expression expression : rule.expressions()) {
                                list.nested(
                                        NFTA_LIST_ELEM,
                                        element -> element.string(NFTA_EXPR_NAME, expression.name())
                                                .nested(NFTA_EXPR_DATA, expression::encode));
                            }
                        }));
    }

    private NftablesBatch append(
            String operation, int message, int flags, Table table, Consumer<AttributeWriter> attributes) {
        AttributeWriter out = new AttributeWriter(ByteOrder.BIG_ENDIAN)
                .header(NetfilterHeader.of(table.family().number(), 0));
        attributes.accept(out);
        requests.add(new Request(operation, NetfilterHeader.type(message), flags, out.payload()));
        return this;
    }

    private static byte[] userData() {
        byte[] bigEndian = RegisterValue.nativeOrder(2).toBytes();
        return new byte[] {0, 4, bigEndian[0], bigEndian[1], bigEndian[2], bigEndian[3]};
    }
}
