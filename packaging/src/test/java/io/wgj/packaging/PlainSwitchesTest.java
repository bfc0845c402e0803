// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainSwitchesTest {
    public sealed interface Shape {
        /// Of an interface, whose private methods are called in another way.
        default String name() {
            return switch (this) {
                case Circle _ -> "circle";
                case Square _ -> "square";
                case Line _ -> "line";
            };
        }
    }

    public sealed interface Round extends Shape {}

    public record Circle(int radius) implements Round {}

    public record Square(int side) implements Shape {}

    public record Line(Shape from) implements Shape {}

    public static final class Sample implements Function<@Nullable Object, String> {
        @Override
        public String apply(@Nullable Object selector) {
            return switch (selector) {
                case null -> "null";
                case Circle(int radius) when radius > 5 -> "large circle";
                case Round round -> "round " + round.name();
                case Square(int side) when side > 5 -> "large square";
                case Line(Circle(int radius)) -> "line from circle " + radius;
                case Shape shape -> shape.name();
                case String text when text.isEmpty() -> "no text";
                case CharSequence text -> "text " + text.length();
                default -> "other";
            };
        }
    }

    public static final class Exhaustive implements Function<Shape, Integer> {
        @Override
        public Integer apply(Shape shape) {
            return switch (shape) {
                case Circle(int radius) -> radius;
                case Square(int side) -> side;
                case Line(Shape from) -> apply(from);
            };
        }
    }

    public static final class WithConstants implements Function<Object, String> {
        @Override
        public String apply(Object selector) {
            return switch (selector) {
                case String text when text.equals("a") -> "a";
                case Thread.State state when state == Thread.State.NEW -> "new";
                default -> "other";
            };
        }
    }

    private static List<@Nullable Object> selectors() {
        List<@Nullable Object> selectors = new java.util.ArrayList<>(List.of(
                new Circle(9),
                new Circle(1),
                new Square(9),
                new Square(1),
                new Line(new Circle(3)),
                new Line(new Square(3)),
                "",
                "text",
                7));
        selectors.add(null);
        return selectors;
    }

    @Test
    void theCasesAreThoseOfTheCompilersOwn() throws Exception {
        Function<@Nullable Object, String> plain = plain(Sample.class);
        Sample own = new Sample();
        for (Object selector : selectors()) {
            assertThat(plain.apply(selector)).as("%s", selector).isEqualTo(own.apply(selector));
        }
    }

    @Test
    void nullIsRefusedWhereNoCaseTakesIt() throws Exception {
        Function<@Nullable Shape, Integer> plain = plain(Exhaustive.class);
        assertThat(plain.apply(new Line(new Line(new Square(4))))).isEqualTo(4);
        assertThatThrownBy(() -> plain.apply(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void interfacesHavePlainSwitchesToo() throws Exception {
        assertThat(text(PlainSwitches.rewritten(bytes(Shape.class)))).doesNotContain("SwitchBootstraps");
        // Its records are the loader's parent's, so only its loading is tried: it verifies the code.
        assertThat(loaded(Shape.class).isInterface()).isTrue();
    }

    @Test
    void noBootstrapMethodIsLeft() throws Exception {
        assertThat(text(bytes(Sample.class))).contains("SwitchBootstraps");
        assertThat(text(PlainSwitches.rewritten(bytes(Sample.class)))).doesNotContain("SwitchBootstraps");
        assertThat(text(PlainSwitches.rewritten(bytes(WithConstants.class)))).doesNotContain("SwitchBootstraps");
    }

    @Test
    void classesWithoutPatternSwitchesStayAsTheyAre() throws Exception {
        assertThat(PlainSwitches.rewritten(bytes(Circle.class))).isEqualTo(bytes(Circle.class));
    }

    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object, R> Function<T, R> plain(Class<?> type)
            throws ReflectiveOperationException {
        return (Function<T, R>) loaded(type).getDeclaredConstructor().newInstance();
    }

    private static Class<?> loaded(Class<?> type) throws ClassNotFoundException {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals(type.getName())) {
                    return PlainSwitchesTest.class.getClassLoader().loadClass(name);
                }
                byte[] bytes;
                try {
                    bytes = PlainSwitches.rewritten(bytes(type));
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        return Class.forName(type.getName(), true, loader);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
