// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRecordsTest {
    /// A component of each kind that is compared in a way of its own.
    public record Sample(
            boolean a, byte b, short c, char d, int e, long f, float g, double h, Object i, List<String> j) {}

    public record OfItsOwn(int a) {
        @Override
        public boolean equals(Object other) {
            return other instanceof OfItsOwn;
        }

        @Override
        public int hashCode() {
            return 5;
        }
    }

    private static Object[] values() {
        return new Object[] {true, (byte) -3, (short) 4, 'x', 5, 1L << 40, Float.NaN, -0.0, null, List.of("text")};
    }

    @Test
    void theResultsAreThoseOfTheCompilersOwn() throws Exception {
        Object plain = plain(Sample.class).newInstance(values());

        assertThat(plain).isEqualTo(plain(plain, values())).hasSameHashCodeAs(plain(plain, values()));
        assertThat(plain.hashCode())
                .isEqualTo(
                        Sample.class.getConstructors()[0].newInstance(values()).hashCode());
        assertThat(plain.equals(null)).isFalse();
        assertThat(plain.equals("text")).isFalse();
    }

    @ParameterizedTest(name = "component {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void whatDiffersInOneComponentIsUnequal(int component) throws Exception {
        Object[] others = {false, (byte) 3, (short) 5, 'y', 6, 1L << 41, 1.0f, 0.0, "there", List.of("words")};
        Object[] changed = values();
        changed[component] = others[component];
        Object plain = plain(Sample.class).newInstance(values());

        assertThat(plain(plain, changed)).isNotEqualTo(plain);
        assertThat(plain(plain, changed).hashCode()).isNotEqualTo(plain.hashCode());
    }

    @Test
    void bothAreOrdinaryCode() throws IOException {
        String before = new String(bytes(Sample.class), ISO_8859_1);
        String after = new String(PlainRecords.rewritten(bytes(Sample.class)), ISO_8859_1);

        assertThat(before).doesNotContain("java/util/Objects");
        assertThat(after).contains("java/util/Objects");
    }

    @Test
    void whatSomebodyWroteByHandStays() throws Exception {
        assertThat(plain(OfItsOwn.class).newInstance(1)).hasSameHashCodeAs(new OfItsOwn(2));
        assertThat(PlainRecords.rewritten(bytes(String.class))).isEqualTo(bytes(String.class));
    }

    private static Object plain(Object ofSameLoader, Object[] values) throws ReflectiveOperationException {
        return ofSameLoader.getClass().getConstructors()[0].newInstance(values);
    }

    private static Constructor<?> plain(Class<?> type) throws IOException {
        byte[] bytes = PlainRecords.rewritten(bytes(type));
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                return name.equals(type.getName())
                        ? defineClass(name, bytes, 0, bytes.length)
                        : PlainRecordsTest.class.getClassLoader().loadClass(name);
            }
        };
        try {
            return loader.loadClass(type.getName()).getConstructors()[0];
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
