// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJffiTest {
    @ParameterizedTest
    @ValueSource(strings = {"MAJOR", "MINOR", "MICRO"})
    void jffisVersionIsItsOwn(String field) throws Exception {
        Class<?> plain = new Plain().loadClass("com.kenai.jffi.Foreign");
        Method method = plain.getDeclaredMethod("getVersionField", String.class);
        method.setAccessible(true);

        assertThat(method.invoke(null, field))
                .isEqualTo(
                        Class.forName("com.kenai.jffi.Version").getField(field).get(null));
    }

    @Test
    void thePlatformIsTheSame() throws Exception {
        Object original = platform(PlainJffiTest.class.getClassLoader());
        Object plain = platform(new Plain());

        assertThat(plain.getClass().getClassLoader()).isInstanceOf(Plain.class);
        for (String property :
                new String[] {"getOS", "getCPU", "getName", "getJavaMajorVersion", "longSize", "addressSize"}) {
            assertThat(ask(plain, property)).as(property).isEqualTo(ask(original, property));
        }
    }

    @Test
    void noOtherClassChanges() throws IOException {
        byte[] bytes = bytes("com.kenai.jffi.Version");

        assertThat(PlainJffi.rewritten(bytes)).isSameAs(bytes);
    }

    private static Object platform(ClassLoader loader) throws Exception {
        Method method = loader.loadClass("com.kenai.jffi.Platform").getMethod("getPlatform");
        return method.invoke(null);
    }

    private static String ask(Object platform, String property) throws Exception {
        Method method = platform.getClass().getMethod(property);
        method.setAccessible(true);
        return String.valueOf(method.invoke(platform));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = PlainJffiTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /// Defines jffi's classes anew, as they are in the image.
    private static final class Plain extends ClassLoader {
        private Plain() {
            super(PlainJffiTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !name.startsWith("com.kenai.jffi.")) {
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
            try {
                byte[] plain = PlainJffi.rewritten(bytes(name));
                return defineClass(name, plain, 0, plain.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
