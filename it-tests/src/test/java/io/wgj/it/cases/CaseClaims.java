// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import io.wgj.config.cases.Case;
import io.wgj.config.cases.CaseTable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/// Which tests on the class path name which case: by [Case] on a test method or its class, or by being a
/// [CaseTable]. A disabled test names nothing.
final class CaseClaims {
    private CaseClaims() {}

    /// The places that name each id.
    static Map<String, List<String>> find() throws IOException, ReflectiveOperationException {
        Map<String, List<String>> claims = new TreeMap<>();
        for (String name : ownTestClasses()) {
            Class<?> type = Class.forName(name, false, CaseClaims.class.getClassLoader());
            if (!type.isAnnotationPresent(Disabled.class)) {
                collect(type, claims);
            }
        }
        return claims;
    }

    private static void collect(Class<?> type, Map<String, List<String>> claims) throws ReflectiveOperationException {
        List<Method> tests = Stream.of(type.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .filter(method -> !method.isAnnotationPresent(Disabled.class))
                .toList();
        for (Method test : tests) {
            claim(claims, test.getAnnotation(Case.class), type.getSimpleName() + "#" + test.getName());
        }
        if (!tests.isEmpty()) {
            claim(claims, type.getAnnotation(Case.class), type.getSimpleName());
        }
        if (CaseTable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            for (String id : ((CaseTable) constructor.newInstance()).caseIds()) {
                claims.computeIfAbsent(id, _ -> new ArrayList<>()).add(type.getSimpleName());
            }
        }
    }

    private static void claim(Map<String, List<String>> claims, Case named, String place) {
        if (named != null) {
            for (String id : named.value()) {
                claims.computeIfAbsent(id, _ -> new ArrayList<>()).add(place);
            }
        }
    }

    private static List<String> ownTestClasses() throws IOException {
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path.resolve("io/wgj"))) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.map(file -> path.relativize(file).toString()).forEach(file -> add(names, file));
                }
            } else if (path.getFileName() != null
                    && path.getFileName().toString().matches("wgj-.*-tests\\.jar")) {
                try (JarFile jar = new JarFile(path.toFile())) {
                    jar.stream().forEach(file -> add(names, file.getName()));
                }
            }
        }
        return names;
    }

    /// Benchmarks are left out: they claim no case, and a folder of classes has them although JMH is not here.
    private static void add(List<String> names, String file) {
        boolean isBenchmark = file.contains("Benchmark")
                || file.contains("/jmh_generated/")
                || file.startsWith("io/wgj/engine/bench/");
        if (file.startsWith("io/wgj/")
                && file.endsWith(".class")
                && !file.endsWith("package-info.class")
                && !isBenchmark) {
            names.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
    }
}
