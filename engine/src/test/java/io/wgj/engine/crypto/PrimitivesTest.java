// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrimitivesTest {
    @TempDir
    private Path folder;

    static Stream<String> names() {
        return Providers.here().stream().map(AeadProvider::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesWhatTheUserWants(String name) throws IOException {
        Path memory = folder.resolve("choice");
        Primitives chosen = Primitives.choose(memory, name);
        assertThat(chosen.aead().name()).isEqualTo(name);
        assertThat(chosen.x25519().name()).isEqualTo(name.equals("openssl") ? "openssl" : "bouncycastle");
        assertThat(chosen.reason()).contains(name, "WGJ_ENGINE_CRYPTO says so");
        assertThat(chosen.isMakeshift()).isFalse();
        assertThat(Files.exists(memory)).isFalse();
    }

    @Test
    void measuresAndRemembersForTheNextStart() throws IOException {
        Path memory = folder.resolve("choice");
        String sentence = Primitives.measure(memory);
        assertThat(sentence).startsWith("sealing a packet of 1420 bytes takes ").contains(" ns with jce");
        Primitives chosen = Primitives.choose(memory, "");
        assertThat(chosen.reason()).contains("measured");
        assertThat(Files.readString(memory))
                .isEqualTo("wgj-crypto 1 " + Fingerprint.ofThisProcess() + " "
                        + chosen.aead().name() + "\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).isEqualTo(List.of(memory));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void followsWhatWasRemembered(String name) throws IOException {
        Path memory = folder.resolve("choice");
        Files.writeString(memory, "wgj-crypto 1 " + Fingerprint.ofThisProcess() + " " + name + "\n");
        assertThat(Primitives.choose(memory, null).aead().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wgj-crypto 1 00112233445566778899aabbccddeeff jce\n", "wgj-crypto 1", "\u0000\u00ff"})
    void followsTheRuleWhenTheFileIsAboutAnotherMachineOrNonsense(String content) throws IOException {
        Path memory = folder.resolve("choice");
        Files.writeString(memory, content);
        assertThat(Primitives.choose(memory, null).reason())
                .isEqualTo(Primitives.choose(null, null).reason());
    }

    @Test
    void prefersTheJdkWhereItsVectorCodeIsFast() {
        boolean openSsl = LibCrypto.find().isPresent();
        String expected = Fingerprint.multipliesInVectors() || !openSsl ? "jdk" : "openssl";
        Primitives chosen = Primitives.choose(null, null);
        assertThat(chosen.aead().name()).isEqualTo(expected);
        assertThat(chosen.x25519().name()).isEqualTo(openSsl ? "openssl" : "bouncycastle");
        assertThat(chosen.reason()).startsWith("encrypting with " + expected + ", X25519 with ");
    }

    @Test
    void doesWithoutAFileThatCannotBeWritten() {
        Path nowhere = folder.resolve("no/such/folder");
        assertThat(Primitives.measure(nowhere)).contains(" ns with jce");
        assertThat(Primitives.choose(nowhere, null).reason()).startsWith("encrypting with ");
    }

    @Test
    void reportsAChoiceThatIsNotPossible() {
        Primitives chosen = Primitives.choose(null, "rot13");
        assertThat(chosen.reason()).contains("WGJ_ENGINE_CRYPTO=rot13 is not possible");
        assertThat(chosen.isMakeshift()).isTrue();
        assertThat(Primitives.choose(null, null).isMakeshift()).isFalse();
    }

    /// A process whose `java.base` is closed, as when the engine is started with other options.
    @Test
    void withoutTheJdksOwnCodeAnotherIsTakenAndCalledMakeshift() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Chooser.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said)
                .startsWith("true encrypting with " + (LibCrypto.find().isPresent() ? "openssl" : "jce"))
                .contains("the JDK's own code cannot be reached");
    }

    static final class Chooser {
        public static void main(String[] words) {
            Primitives chosen = Primitives.choose(null, null);
            System.out.println(chosen.isMakeshift() + " " + chosen.reason());
        }
    }

    @Test
    void aWrongProviderFailsItsTrial() {
        assertThat(AeadTrial.passes(new Lying(TagBlind::new))).isFalse();
        assertThat(Providers.here()).allMatch(AeadTrial::passes);
    }

    @Test
    void aProviderThatIsWrongBehindTheFirstBlockFailsItsTrial() {
        assertThat(AeadTrial.passes(new Lying(ShortSighted::new))).isFalse();
    }

    @Test
    void anX25519ThatFindsAnotherSecretFailsItsTrial() {
        X25519 wrong = new Misled((usable, secret) -> {
            secret[31] ^= 1;
            return usable;
        });
        assertThat(X25519Trial.passes(wrong)).isFalse();
    }

    @Test
    void anX25519ThatTakesTheZeroPointFailsItsTrial() {
        X25519 trusting = new Misled((_, _) -> true);
        assertThat(X25519Trial.passes(trusting)).isFalse();
        assertThat(X25519Trial.passes(new Misled((usable, _) -> usable))).isTrue();
    }

    /// Seals and opens texts of several blocks in a way of its own: it agrees with itself and with no other
    /// provider.
    private static final class ShortSighted extends TagBlind {
        @Override
        public void seal(AeadKey key, long counter, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
            super.seal(key, length > 64 ? ~counter : counter, in, inOffset, length, out, outOffset);
        }

        @Override
        public boolean open(
                AeadKey key, long counter, byte[] in, int inOffset, int sealedLength, byte[] out, int outOffset) {
            long other = sealedLength > 64 + TAG_LENGTH ? ~counter : counter;
            return right.open(key, other, in, inOffset, sealedLength, out, outOffset);
        }
    }

    /// Seals correctly and opens everything.
    private static class TagBlind implements Aead {
        final Aead right = JceAead.PROVIDER.newContext();

        @Override
        public void seal(AeadKey key, long counter, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
            right.seal(key, counter, in, inOffset, length, out, outOffset);
        }

        @Override
        public boolean open(
                AeadKey key, long counter, byte[] in, int inOffset, int sealedLength, byte[] out, int outOffset) {
            boolean _ = right.open(key, counter, in, inOffset, sealedLength, out, outOffset);
            return true;
        }

        @Override
        public void sealWithData(
                AeadKey key,
                long counter,
                byte[] data,
                byte[] in,
                int inOffset,
                int length,
                byte[] out,
                int outOffset) {
            right.sealWithData(key, counter, data, in, inOffset, length, out, outOffset);
        }

        @Override
        public boolean openWithData(
                AeadKey key,
                long counter,
                byte[] data,
                byte[] in,
                int inOffset,
                int sealedLength,
                byte[] out,
                int outOffset) {
            boolean _ = right.openWithData(key, counter, data, in, inOffset, sealedLength, out, outOffset);
            return true;
        }
    }

    private record Lying(Supplier<Aead> contexts) implements AeadProvider {
        @Override
        public String name() {
            return "lying";
        }

        @Override
        public Aead newContext() {
            return contexts.get();
        }
    }

    /// Correct, except that its answer is replaced.
    private record Misled(Answer answer) implements X25519 {
        private static final X25519 RIGHT = new BouncyCastleX25519();

        private interface Answer {
            boolean of(boolean usable, byte[] secret);
        }

        @Override
        public String name() {
            return "misled";
        }

        @Override
        public void publicKey(byte[] secret, byte[] out) {
            RIGHT.publicKey(secret, out);
        }

        @Override
        public boolean agree(byte[] secret, byte[] point, byte[] out) {
            return answer.of(RIGHT.agree(secret, point, out), out);
        }
    }
}
