// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A route netlink socket that keeps addresses, routes and rules as the bytes of the requests, and lists them
/// again. It has one link from the start, and the tunnel's link from the first request by its name. It
/// acknowledges every other request (nftables). Numbers as in linux/rtnetlink.h.
final class FakeRouteSocket extends FakeSocket {
    /// The only link that can be made.
    static final String TUNNEL = "wg0";
    /// The only link that exists from the start.
    static final String OTHER = "eth0";

    private static final int TUNNEL_INDEX = 7;
    private static final int OTHER_INDEX = 1;
    private static final int NEW_LINK = 16;
    private static final int DELETE_LINK = 17;
    private static final int GET_LINK = 18;
    private static final int NEW_ROUTE = 24;
    private static final int GET_ROUTE = 26;
    private static final int LAST = 35;
    private static final int LINK_HEADER = 16;
    private static final int NAME = 3;
    private static final int MTU = 4;
    private static final int KIND_OF = 18;
    private static final int KIND = 1;

    private final Map<Integer, List<byte[]>> kept = new HashMap<>();
    private boolean hasTunnel;

    private List<byte[]> list(int type) {
        return kept.computeIfAbsent(type, _ -> new ArrayList<>());
    }

    boolean hasTunnel() {
        return hasTunnel;
    }

    @Override
    void answer(NetlinkMessage request) throws MalformedMessageException {
        if (request.has(NetlinkMessage.NLM_F_DUMP)) {
            dump(request);
            return;
        }
        switch (request.type()) {
            case GET_LINK -> {
                boolean other = name(request).equals(OTHER);
                hasTunnel |= !other;
                answer(request, NEW_LINK, 0, other ? other() : tunnel());
            }
            case GET_ROUTE ->
                answer(request, NEW_ROUTE, 0, ByteBuffer.wrap(list(NEW_ROUTE).getFirst()));
            case NEW_LINK -> hasTunnel = true;
            case DELETE_LINK -> hasTunnel = false;
            default -> change(request);
        }
        if (request.has(NetlinkMessage.NLM_F_ACK)) {
            acknowledge(request);
        }
    }

    /// `NEW` is a multiple of four, `DEL` the number behind it.
    private void change(NetlinkMessage request) {
        byte[] bytes = new byte[request.payload().remaining()];
        request.payload().get(bytes);
        if (request.type() > NEW_LINK && request.type() <= LAST) {
            list(request.type() & ~3).removeIf(known -> Arrays.equals(known, bytes));
            if ((request.type() & 3) == 0) {
                list(request.type()).add(bytes);
            }
        }
    }

    private void dump(NetlinkMessage request) {
        int type = request.type() & ~3;
        if (request.type() == GET_LINK) {
            answer(request, NEW_LINK, NetlinkMessage.NLM_F_MULTI, other());
            if (hasTunnel) {
                answer(request, NEW_LINK, NetlinkMessage.NLM_F_MULTI, tunnel());
            }
        } else if (request.type() <= LAST) {
            int family = request.payload().get(0);
            for (byte[] object : list(type)) {
                if (family == 0 || family == object[0]) {
                    answer(request, type, NetlinkMessage.NLM_F_MULTI, ByteBuffer.wrap(object));
                }
            }
        }
        endDump(request);
    }

    private static String name(NetlinkMessage request) throws MalformedMessageException {
        AttributeReader attributes = AttributeReader.inNativeOrder(request.payload(), LINK_HEADER, "link");
        while (attributes.next()) {
            if (attributes.type() == NAME) {
                return attributes.string();
            }
        }
        return "";
    }

    private static ByteBuffer tunnel() {
        return link(TUNNEL_INDEX, TUNNEL);
    }

    private static ByteBuffer other() {
        return link(OTHER_INDEX, OTHER);
    }

    /// `struct ifinfomsg` with `IFF_UP` and `IFF_BROADCAST`, and attributes.
    private static ByteBuffer link(int index, String name) {
        ByteBuffer header = ByteBuffer.allocate(LINK_HEADER).order(ByteOrder.nativeOrder());
        header.putInt(4, index).putInt(8, 3);
        AttributeWriter link = AttributeWriter.inNativeOrder().header(header.array());
        link.string(NAME, name).u32(MTU, 1500).nested(KIND_OF, info -> info.string(KIND, "veth"));
        return link.payload();
    }
}
