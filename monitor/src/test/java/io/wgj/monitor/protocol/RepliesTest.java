// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.PeerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepliesTest {
    private static final ReplyWriter WRITER = new ReplyWriter(index -> index == 2 ? "eth0" : "");
    private static final ScopeIndexes INDEXES = name -> name.equals("eth0") ? 2 : 0;

    private static Schema schema() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        // Maven runs tests in the module's folder, other runners in the root.
        if (folder.endsWith("monitor")) {
            folder = folder.resolve("..");
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(folder.resolve("docs/schema/status.schema.json")), InputFormat.JSON);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    private static void assertOfTheSchema(byte[] line) throws IOException {
        assertThat(text(line)).endsWith("}\n");
        assertThat(text(line).indexOf('\n')).isEqualTo(text(line).length() - 1);
        assertThat(schema().validate(text(line), InputFormat.JSON)).isEmpty();
    }

    @Test
    void repliesAreOfThePublishedSchema() throws IOException {
        assertOfTheSchema(WRITER.status(Samples.everything()));
        assertOfTheSchema(WRITER.status(Samples.status()));
        assertOfTheSchema(WRITER.show(Samples.everything()));
        assertOfTheSchema(WRITER.up(new io.wgj.config.net.DeviceName("wg0")));
        assertOfTheSchema(WRITER.error(5, "the monitor follows no such interface"));
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void eventsAreOfThePublishedSchema(EventKind kind) throws IOException {
        MonitorEvent event = Samples.event(1, "wg0");
        assertOfTheSchema(WRITER.event(
                new MonitorEvent(1, event.time(), kind, event.iface(), event.peer(), event.name(), event.reason())));
        assertOfTheSchema(WRITER.event(
                new MonitorEvent(2, event.time(), kind, Optional.empty(), Optional.empty(), Optional.empty(), "")));
    }

    /// The schema is strict enough to notice a member that it does not describe.
    @Test
    void theSchemaRefusesWhatItDoesNotDescribe() throws IOException {
        String line = text(WRITER.status(Samples.everything()));
        assertThat(schema().validate(line.replace("\"verdict\"", "\"privateKey\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(line.replace("wgj/1", "wgj/2"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theReaderReadsWhatTheWriterWrites() throws ProtocolException, RefusedException {
        assertThat(ReplyReader.status(WRITER.status(Samples.everything()), INDEXES))
                .isEqualTo(Samples.everything());
    }

    @Test
    void everyStateIsReadBack() throws ProtocolException, RefusedException {
        for (PeerState state : PeerState.values()) {
            var status = Samples.status(Samples.link("wg0", Samples.bare(1, state)));
            assertThat(ReplyReader.status(WRITER.status(status), INDEXES)).isEqualTo(status);
        }
    }

    @Test
    void devicesAreReadWithoutSecrets() throws ProtocolException, RefusedException {
        List<DeviceState> devices = ReplyReader.devices(WRITER.show(Samples.everything()), INDEXES);
        assertThat(devices).hasSize(3);
        DeviceState device = devices.getFirst();
        PeerStatus peer = Samples.full();
        assertThat(device.privateKey()).isEmpty();
        assertThat(device.publicKey()).contains(Samples.key(99));
        assertThat(device.fwmark()).isEqualTo(0xffff_fff0);
        assertThat(device.peers().getFirst())
                .isEqualTo(new io.wgj.config.device.PeerState(
                        peer.publicKey(),
                        Optional.empty(),
                        peer.endpoint(),
                        peer.allowedIps(),
                        new HandshakeTime(
                                peer.latestHandshake().seconds(),
                                peer.latestHandshake().nanos()),
                        -1,
                        1_048_575,
                        25,
                        1));
    }

    @Test
    void errorsAreRefusals() {
        assertThatThrownBy(() -> ReplyReader.status(WRITER.error(5, "no \"wg9\""), INDEXES))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(5))
                .hasMessage("no \"wg9\"");
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] line =
                text(WRITER.status(Samples.status())).replace("wgj/1", "wgj/2").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ReplyReader.status(line, INDEXES)).hasMessage("the reply is not of wgj/1");
    }

    @Test
    void membersOfANewerMonitorAreSkipped() throws ProtocolException, RefusedException {
        byte[] line = text(WRITER.status(Samples.everything()))
                .replace("\"verdict\"", "\"mood\":{\"a\":[1,{}]},\"verdict\"")
                .replace("\"time\"", "\"more\":[[]],\"time\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(ReplyReader.status(line, INDEXES)).isEqualTo(Samples.everything());
    }

    /// No input escapes the declared exceptions.
    @Test
    void anyBytesAreAReplyOrAFailure() {
        Random random = new Random(14);
        byte[] reply = WRITER.status(Samples.everything());
        for (int i = 0; i < 20_000; i++) {
            byte[] line = reply.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(ReplyReader.status(line, INDEXES)).isNotNull();
            } catch (ProtocolException | RefusedException expected) {
                assertThat(expected.getMessage()).isNotNull();
            }
        }
    }

    @Test
    void keysInReasonsAreHidden() {
        String secret = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
        MonitorEvent event = new MonitorEvent(
                1,
                Samples.TIME,
                EventKind.MESSAGE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "x " + secret);
        assertThat(text(WRITER.event(event))).contains("x (hidden)").doesNotContain(secret);
        assertThat(text(WRITER.error(1, secret))).doesNotContain(secret);
    }

    @Test
    void timesAreReadWithAndWithoutFractions() throws ProtocolException {
        for (String time : List.of(
                "2026-11-30T12:03:07Z",
                "2024-02-29T23:59:59.5Z",
                "1970-01-01T00:00:00.000000001Z",
                "9999-12-31T23:59:59Z")) {
            assertThat(Timestamps.parse(time)).isEqualTo(java.time.Instant.parse(time));
        }
        for (String time : List.of(
                "",
                "Z",
                "2026-11-30T12:03:07",
                "2026-13-30T12:03:07Z",
                "2026-02-30T12:03:07Z",
                "2026-11-30T12:03:07.Z",
                "2026-11-30T12:03:07.1234567890Z",
                "2026-11-30T12:03:07.aZ",
                "2026-11-30 12:03:07Z")) {
            assertThatThrownBy(() -> Timestamps.parse(time)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void eachNamespaceHasASocketOfItsOwn() {
        assertThat(StatusSocketPath.of("/run/wgj", 1)).isEqualTo("/run/wgj/status.sock");
        assertThat(StatusSocketPath.of("/run/wgj", 0x4f)).isEqualTo("/run/wgj/status-4f.sock");
        assertThat(StatusSocketPath.of("/run/wgj", -1)).isEqualTo("/run/wgj/status-ffffffffffffffff.sock");
    }
}
