// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import java.io.IOException;
import java.io.InputStream;

/// Loads the classes that use the JDK's HTTP server. The launcher puts wgj's jar on the boot class path, because
/// that starts faster, and a class there does not see the JDK's module jdk.httpserver. Classes of this loader see
/// both.
final class HttpClasses extends ClassLoader {
    private static final String OURS = "io.wgj.monitor.metrics.http.";
    private static final String LIBRARY = "io.prometheus.metrics.exporter.httpserver.";

    private HttpClasses() {
        super("http", ClassLoader.getSystemClassLoader());
    }

    /// What starts an HTTP server.
    static PageServer.Opener opener() throws IOException {
        try {
            return (PageServer.Opener) new HttpClasses()
                    .loadClass(OURS + "HttpPages")
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new IOException("metrics: this Java has no HTTP server: " + failure, failure);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) && !name.startsWith(LIBRARY)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}
