// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class NetlinkBatchTest {
    private static final int TYPE = 24;
    private static final int ATTRIBUTE = 1;

    private static NetlinkBatch batch(FakeNetlinkSocket socket, int count) {
        NetlinkBatch batch = new NetlinkBatch(new NetlinkConnection(socket));
        for (int i = 0; i < count; i++) {
            AttributeWriter request = AttributeWriter.inNativeOrder().u32(ATTRIBUTE, i);
            batch.add(TYPE, NetlinkMessage.NLM_F_CREATE, request.payload());
        }
        return batch;
    }

    private static int number(NetlinkMessage request) {
        return request.payload().getInt(4);
    }

    @Test
    void asksForFewAcknowledgementsAndTellsWhatWasRefused() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            int number = number(request);
            if (number == 3 || number == 399 || number == 900) {
                replies.error(Errno.EEXIST);
            } else if (request.has(NetlinkMessage.NLM_F_ACK)) {
                replies.ack();
            }
        });
        SortedMap<Integer, NetlinkException> refused = batch(socket, 1_000).send("add things", (index, message) -> {});
        assertThat(refused.keySet()).containsExactly(3, 399, 900);
        assertThat(refused.values()).allMatch(refusal -> refusal.errno().is(Errno.EEXIST));
        assertThat(socket.requests()).hasSize(1_000);
        assertThat(socket.requests())
                .filteredOn(request -> request.has(NetlinkMessage.NLM_F_ACK))
                .hasSize(3);
        assertThat(socket.requests()).allMatch(request -> request.has(NetlinkMessage.NLM_F_CREATE));
    }

    @Test
    void handsAnswersOutWithTheIndexOfTheirRequest() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            replies.message(TYPE, 0, out -> out.u32(ATTRIBUTE, number(request) * 2));
            if (request.has(NetlinkMessage.NLM_F_ACK)) {
                replies.ack();
            }
        });
        List<Integer> answers = new ArrayList<>();
        batch(socket, 500).send("look up things", (index, message) -> {
            assertThat(answers).hasSize(index);
            answers.add(number(message));
        });
        assertThat(answers).hasSize(500);
        assertThat(answers.get(450)).isEqualTo(900);
    }

    @Test
    void sendsNothingWhenThereIsNothing() throws Exception {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {});
        assertThat(batch(socket, 0).send("nothing", (index, message) -> {})).isEmpty();
        assertThat(socket.requests()).isEmpty();
    }
}
