// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_DUMP_INTR;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_MULTI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.FakeNetlinkSocket.Replies;
import io.wgj.netlink.transport.FakeNetlinkSocket.Script;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetlinkConnectionTest {
    private static final int TYPE = 0x20;

    @Test
    void numbersItsRequests() throws NetlinkException {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> replies.ack());
        NetlinkConnection connection = new NetlinkConnection(socket);
        request(connection);
        request(connection);

        assertThat(socket.requests())
                .extracting(NetlinkMessage::sequence)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(socket.requests()).allSatisfy(message -> {
            assertThat(message.type()).isEqualTo(TYPE);
            assertThat(message.flags()).as("REQUEST|ACK").isEqualTo(5);
        });
    }

    @Test
    void handsOverWhatComesBeforeTheAcknowledgement() throws NetlinkException {
        assertThat(ask((request, replies) -> replies.message(TYPE, 0, number(7)).ack()))
                .containsExactly(7);
    }

    @Test
    void collectsADumpOverManyDatagrams() throws NetlinkException {
        assertThat(dump(OnInterruption.RESTART, (request, replies) -> {
                    assertThat(request.flags()).as("REQUEST|ACK|DUMP").isEqualTo(0x305);
                    for (int i = 0; i < 100; i++) {
                        replies.message(TYPE, NLM_F_MULTI, number(i));
                    }
                    replies.done(0);
                }))
                .hasSize(100)
                .startsWith(0)
                .endsWith(99);
    }

    @Test
    void collectsADumpWhoseMessagesShareADatagramWithItsEnd() throws NetlinkException {
        assertThat(dump(OnInterruption.RESTART, (request, replies) -> {
                    List<ByteBuffer> parts = List.of(
                            message(request, TYPE, number(1)),
                            message(request, TYPE, number(2)),
                            message(request, NetlinkMessage.NLMSG_DONE, number(0)));
                    ByteBuffer datagram = ByteBuffer.allocate(60);
                    parts.forEach(datagram::put);
                    replies.datagram(datagram.flip());
                }))
                .containsExactly(1, 2);
    }

    @Test
    void acceptsAnEndWithoutANumber() throws NetlinkException {
        assertThat(dump(
                        OnInterruption.RESTART,
                        (request, replies) -> replies.message(NetlinkMessage.NLMSG_DONE, NLM_F_MULTI, out -> {})))
                .isEmpty();
    }

    @Test
    void skipsWhatBelongsToOthers() throws NetlinkException {
        assertThat(dump(
                        OnInterruption.RESTART,
                        (request, replies) -> replies.message(
                                        TYPE, NLM_F_MULTI, request.sequence() - 1, FakeNetlinkSocket.PORT, number(1))
                                .message(TYPE, NLM_F_MULTI, request.sequence(), 99, number(2))
                                .message(NetlinkMessage.NLMSG_ERROR, 0, 0, FakeNetlinkSocket.PORT, number(-1))
                                .datagramFrom(1234, message(request, TYPE, number(3)))
                                .datagramFrom(1234, ByteBuffer.wrap(new byte[] {1}))
                                .message(NetlinkMessage.NLMSG_NOOP, 0, out -> {})
                                .message(TYPE, NLM_F_MULTI, number(4))
                                .done(0)))
                .containsExactly(4);
    }

    @Test
    void reportsAnErrorInEitherForm() {
        assertErrno(Errno.ENODEV, () -> ask((request, replies) -> replies.error(Errno.ENODEV)));
        assertErrno(Errno.ENODEV, () -> dump(OnInterruption.RESTART, (request, replies) -> replies.done(Errno.ENODEV)));
        assertErrno(
                Errno.ENODEV,
                () -> dump(
                        OnInterruption.RESTART,
                        (request, replies) ->
                                replies.message(TYPE, NLM_F_MULTI, number(1)).error(Errno.ENODEV)));
    }

    @Test
    void keepsTheKernelsOwnWords() {
        assertThatThrownBy(() -> ask((request, replies) -> replies.error(
                        Errno.EINVAL,
                        out -> out.string(1, "Unknown attribute type").u32(2, 36))))
                .hasMessage("test: Invalid argument (EINVAL): Unknown attribute type")
                .isInstanceOfSatisfying(NetlinkException.class, e -> {
                    assertThat(e.kernelMessage()).contains("Unknown attribute type");
                    assertThat(e.offset()).hasValue(36);
                });
    }

    @Test
    void ignoresAGarbledComment() {
        assertErrno(
                Errno.EINVAL,
                () -> ask((request, replies) ->
                        replies.error(Errno.EINVAL, out -> out.header(new byte[] {3, 0, 1, 0, (byte) 255}))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 999})
    void startsAnInterruptedDumpAnew(int interruptions) throws NetlinkException {
        int[] tries = {0};
        assertThat(dump(OnInterruption.RESTART, (request, replies) -> {
                    boolean interrupted = tries[0]++ < interruptions;
                    replies.message(TYPE, interrupted ? NLM_F_MULTI | NLM_F_DUMP_INTR : NLM_F_MULTI, number(tries[0]))
                            .done(0);
                }))
                .containsExactly(interruptions + 1);
    }

    @Test
    void givesUpOnADumpThatIsInterruptedForEver() {
        assertThatThrownBy(() -> dump(
                        OnInterruption.RESTART,
                        (request, replies) ->
                                replies.message(NetlinkMessage.NLMSG_DONE, NLM_F_MULTI | NLM_F_DUMP_INTR, number(0))))
                .hasMessageContaining("EBUSY")
                .hasMessageContaining("1000 attempts");
    }

    @Test
    void keepsWhatAnInterruptedDumpToldWhenThatIsEnough() throws NetlinkException {
        assertThat(dump(
                        OnInterruption.KEEP,
                        (request, replies) -> replies.message(TYPE, NLM_F_MULTI | NLM_F_DUMP_INTR, number(1))
                                .done(0)))
                .containsExactly(1);
    }

    @Test
    void startsADumpAnewOfWhichAPartWasLost() throws NetlinkException {
        int[] tries = {0};
        assertThat(dump(OnInterruption.KEEP, (request, replies) -> {
                    replies.message(TYPE, NLM_F_MULTI, number(++tries[0]));
                    if (tries[0] == 1) {
                        replies.failure(Errno.ENOBUFS);
                    } else if (tries[0] == 2) {
                        replies.message(NetlinkMessage.NLMSG_OVERRUN, 0, out -> {});
                    }
                    replies.done(0);
                }))
                .containsExactly(3);
    }

    @Test
    void givesUpWhenPartsAreLostAgainAndAgain() {
        assertErrno(
                Errno.ENOBUFS,
                () -> dump(
                        OnInterruption.KEEP,
                        (request, replies) -> replies.failure(Errno.ENOBUFS).done(0)));
        assertErrno(
                Errno.ENOBUFS,
                () -> ask((request, replies) -> replies.failure(Errno.ENOBUFS).ack()));
    }

    @Test
    void reportsOtherFailuresOfTheSocketAtOnce() {
        assertErrno(Errno.ENOMEM, () -> dump(OnInterruption.KEEP, (request, replies) -> replies.failure(Errno.ENOMEM)));
    }

    @Test
    void readsToTheEndOfAnAnswerThatMakesNoSense() throws NetlinkException {
        FakeNetlinkSocket socket = new FakeNetlinkSocket((request, replies) -> {
            if (request.sequence() == 1) {
                replies.message(TYPE, NLM_F_MULTI, out -> {}).message(TYPE, NLM_F_MULTI, number(1));
            }
            replies.done(0);
        });
        NetlinkConnection connection = new NetlinkConnection(socket);

        assertErrno(
                Errno.EINVAL,
                () -> connection.dump("test", TYPE, ByteBuffer.allocate(4), OnInterruption.KEEP, Numbers::new));
        request(connection);
        assertThatThrownBy(socket::receive).as("nothing is left").isInstanceOf(AssertionError.class);
    }

    @Test
    void garbageFromTheKernelIsNothingButADeclaredFailure() {
        Random random = new Random(1);
        int failures = 0;
        for (int round = 0; round < 20_000; round++) {
            try {
                dump(OnInterruption.KEEP, (request, replies) -> mutated(random, request, replies));
            } catch (NetlinkException e) {
                failures++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(failures).isGreaterThan(1_000);
    }

    /// A valid answer with some bits flipped or its end cut off. An intact end follows, because nothing else
    /// would end the exchange.
    private static void mutated(Random random, NetlinkMessage request, Replies replies) {
        ByteBuffer datagram = ByteBuffer.allocate(80);
        datagram.put(message(request, TYPE, number(1))).put(message(request, NetlinkMessage.NLMSG_ERROR, out -> {
            out.header(new byte[20]).string(1, "text").u32(2, 3);
        }));
        datagram.flip();
        for (int i = random.nextInt(6); i >= 0; i--) {
            datagram.put(random.nextInt(datagram.limit()), (byte) random.nextInt());
        }
        datagram.limit(1 + random.nextInt(datagram.limit()));
        replies.datagram(datagram).done(0);
    }

    private static ByteBuffer message(NetlinkMessage request, int type, Consumer<AttributeWriter> content) {
        AttributeWriter writer = AttributeWriter.inNativeOrder();
        content.accept(writer);
        return new NetlinkMessage(type, NLM_F_MULTI, request.sequence(), FakeNetlinkSocket.PORT, writer.payload())
                .encode();
    }

    private static Consumer<AttributeWriter> number(int value) {
        return out ->
                out.header(new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)});
    }

    private static void request(NetlinkConnection connection) throws NetlinkException {
        connection.request("test", TYPE, 0, ByteBuffer.allocate(4), MessageHandler.NONE);
    }

    private static List<Integer> ask(Script script) throws NetlinkException {
        Numbers numbers = new Numbers();
        new NetlinkConnection(new FakeNetlinkSocket(script)).request("test", TYPE, 0, ByteBuffer.allocate(4), numbers);
        return numbers.all;
    }

    private static List<Integer> dump(OnInterruption policy, Script script) throws NetlinkException {
        return new NetlinkConnection(new FakeNetlinkSocket(script))
                .dump("test", TYPE, ByteBuffer.allocate(4), policy, Numbers::new)
                .all;
    }

    private static void assertErrno(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(new Errno(number)));
    }

    private static final class Numbers implements MessageHandler {
        private final List<Integer> all = new ArrayList<>();

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.payload().remaining() < 4) {
                throw new MalformedMessageException("no number");
            }
            all.add(message.payload().getInt(0));
        }
    }
}
