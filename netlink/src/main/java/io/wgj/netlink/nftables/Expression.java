// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.netlink.codec.AttributeWriter;

/// One expression of a rule (linux/netfilter/nf_tables.h). All of them use the first register; a comparison
/// ends the rule when it does not match.
public sealed interface Expression {
    /// The kernel's name of this kind of expression.
    String name();

    /// Writes the content of `NFTA_EXPR_DATA`, in nft(8)'s order.
    void encode(AttributeWriter data);

    /// `NFT_REG_1`
    int REGISTER = 1;

    /// The metadata of a packet: `NFT_META_…`.
    enum MetaKey {
        /// 32 bits, native order.
        MARK(3),
        /// 16 bytes, see [RegisterValue#ofLinkName].
        INPUT_LINK_NAME(6),
        /// One byte: `NFPROTO_IPV4` or `NFPROTO_IPV6`.
        NETWORK_PROTOCOL(15),
        /// One byte: the number of UDP, TCP and so on, wherever the packet has it.
        TRANSPORT_PROTOCOL(16);

        private final int number;

        MetaKey(int number) {
            this.number = number;
        }
    }

    /// Loads metadata of the packet.
    record Meta(MetaKey key) implements Expression {
        private static final int NFTA_META_DREG = 1;
        private static final int NFTA_META_KEY = 2;

        @Override
        public String name() {
            return "meta";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_META_KEY, key.number).u32(NFTA_META_DREG, REGISTER);
        }
    }

    /// Sets the packet's mark.
    record SetMark() implements Expression {
        private static final int NFTA_META_KEY = 2;
        private static final int NFTA_META_SREG = 3;

        @Override
        public String name() {
            return "meta";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_META_KEY, MetaKey.MARK.number).u32(NFTA_META_SREG, REGISTER);
        }
    }

    /// Loads the mark of the packet's connection.
    record ConnectionMark() implements Expression {
        private static final int NFTA_CT_DREG = 1;
        private static final int NFTA_CT_KEY = 2;
        private static final int NFT_CT_MARK = 3;

        @Override
        public String name() {
            return "ct";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_CT_KEY, NFT_CT_MARK).u32(NFTA_CT_DREG, REGISTER);
        }
    }

    /// Sets the mark of the packet's connection.
    record SetConnectionMark() implements Expression {
        private static final int NFTA_CT_KEY = 2;
        private static final int NFTA_CT_SREG = 4;

        @Override
        public String name() {
            return "ct";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_CT_KEY, ConnectionMark.NFT_CT_MARK).u32(NFTA_CT_SREG, REGISTER);
        }
    }

    /// Loads a field of the packet.
    record Payload(PacketField field) implements Expression {
        static final int NFTA_PAYLOAD_BASE = 2;
        static final int NFTA_PAYLOAD_OFFSET = 3;
        static final int NFTA_PAYLOAD_LEN = 4;
        private static final int NFTA_PAYLOAD_DREG = 1;

        @Override
        public String name() {
            return "payload";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_PAYLOAD_DREG, REGISTER)
                    .u32(NFTA_PAYLOAD_BASE, field.base())
                    .u32(NFTA_PAYLOAD_OFFSET, field.offset())
                    .u32(NFTA_PAYLOAD_LEN, field.length());
        }
    }

    /// Writes an address into the packet; the kernel adjusts its checksums.
    record SetPayload(PacketField field) implements Expression {
        private static final int NFTA_PAYLOAD_SREG = 5;
        private static final int NFTA_PAYLOAD_CSUM_TYPE = 6;
        private static final int NFTA_PAYLOAD_CSUM_OFFSET = 7;
        private static final int NFTA_PAYLOAD_CSUM_FLAGS = 8;
        private static final int NFT_PAYLOAD_CSUM_INET = 1;
        private static final int NFT_PAYLOAD_L4CSUM_PSEUDOHDR = 1;

        /// Throws `IllegalArgumentException` for a field that is not an address.
        public SetPayload {
            if (!field.isAddress()) {
                throw new IllegalArgumentException("only addresses are written into packets, not " + field);
            }
        }

        @Override
        public String name() {
            return "payload";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_PAYLOAD_SREG, REGISTER)
                    .u32(Payload.NFTA_PAYLOAD_BASE, field.base())
                    .u32(Payload.NFTA_PAYLOAD_OFFSET, field.offset())
                    .u32(Payload.NFTA_PAYLOAD_LEN, field.length());
            // IPv6 has no header checksum; UDP's checksum covers the addresses of both.
            if (field.headerChecksumOffset() != 0) {
                data.u32(NFTA_PAYLOAD_CSUM_TYPE, NFT_PAYLOAD_CSUM_INET)
                        .u32(NFTA_PAYLOAD_CSUM_OFFSET, field.headerChecksumOffset());
            }
            data.u32(NFTA_PAYLOAD_CSUM_FLAGS, NFT_PAYLOAD_L4CSUM_PSEUDOHDR);
        }
    }

    /// Loads the type of the packet's source address, as seen from this host: `RTN_…` in 32 bits, native
    /// order.
    record SourceKind() implements Expression {
        private static final int NFTA_FIB_DREG = 1;
        private static final int NFTA_FIB_RESULT = 2;
        private static final int NFTA_FIB_FLAGS = 3;
        private static final int NFT_FIB_RESULT_ADDRTYPE = 3;
        private static final int NFTA_FIB_F_SADDR = 1;

        @Override
        public String name() {
            return "fib";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_FIB_FLAGS, NFTA_FIB_F_SADDR)
                    .u32(NFTA_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE)
                    .u32(NFTA_FIB_DREG, REGISTER);
        }
    }

    /// Loads a constant.
    record Load(RegisterValue value) implements Expression {
        @Override
        public String name() {
            return "immediate";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(Verdict.NFTA_IMMEDIATE_DREG, REGISTER)
                    .nested(
                            Verdict.NFTA_IMMEDIATE_DATA,
                            inner -> inner.bytes(Compare.NFTA_DATA_VALUE, value.toBytes()));
        }
    }

    /// Continues when the register is, or is not, equal to a value.
    record Compare(boolean equal, RegisterValue value) implements Expression {
        static final int NFTA_DATA_VALUE = 1;
        private static final int NFTA_CMP_SREG = 1;
        private static final int NFTA_CMP_OP = 2;
        private static final int NFTA_CMP_DATA = 3;
        private static final int NFT_CMP_EQ = 0;
        private static final int NFT_CMP_NEQ = 1;

        @Override
        public String name() {
            return "cmp";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_CMP_SREG, REGISTER)
                    .u32(NFTA_CMP_OP, equal ? NFT_CMP_EQ : NFT_CMP_NEQ)
                    .nested(NFTA_CMP_DATA, inner -> inner.bytes(NFTA_DATA_VALUE, value.toBytes()));
        }
    }

    /// Continues when the address in the register is in a set of the table.
    record Lookup(String set, int id) implements Expression {
        private static final int NFTA_LOOKUP_SET = 1;
        private static final int NFTA_LOOKUP_SREG = 2;
        private static final int NFTA_LOOKUP_SET_ID = 4;

        @Override
        public String name() {
            return "lookup";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_LOOKUP_SREG, REGISTER).string(NFTA_LOOKUP_SET, set).u32(NFTA_LOOKUP_SET_ID, id);
        }
    }

    /// Ends the chain with a verdict on the packet.
    record Verdict(boolean accepts) implements Expression {
        static final int NFTA_IMMEDIATE_DREG = 1;
        static final int NFTA_IMMEDIATE_DATA = 2;
        private static final int NFT_REG_VERDICT = 0;
        private static final int NFTA_DATA_VERDICT = 2;
        private static final int NFTA_VERDICT_CODE = 1;
        private static final int NF_DROP = 0;
        private static final int NF_ACCEPT = 1;

        @Override
        public String name() {
            return "immediate";
        }

        @Override
        public void encode(AttributeWriter data) {
            data.u32(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT)
                    .nested(
                            NFTA_IMMEDIATE_DATA,
                            inner -> inner.nested(
                                    NFTA_DATA_VERDICT,
                                    verdict -> verdict.u32(NFTA_VERDICT_CODE, accepts ? NF_ACCEPT : NF_DROP)));
        }
    }
}
