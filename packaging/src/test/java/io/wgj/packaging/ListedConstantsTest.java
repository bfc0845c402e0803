// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ListedConstantsTest {
    private static final String NAME = "io/wgj/packaging/ListedConstantsTest$Lambdas";
    private static final String LAMBDA = "@lambda-proxy " + NAME + " getAsInt (Ljava/lang/String;)"
            + "Ljava/util/function/IntSupplier; ()I REF_invokeVirtual java/lang/String length ()I ()I";

    @Test
    void classesAndMembersAreResolved() throws IOException {
        List<PoolEntry> resolved = resolved(NAME);

        assertThat(resolved)
                .anyMatch(entry ->
                        entry instanceof MethodRefEntry method && method.name().equalsString("length"))
                .noneMatch(InvokeDynamicEntry.class::isInstance);
    }

    @Test
    void theListedLambdaIsResolvedAndNoOther() throws IOException {
        List<PoolEntry> resolved = resolved(NAME, LAMBDA);

        assertThat(resolved.stream().filter(InvokeDynamicEntry.class::isInstance))
                .singleElement()
                .satisfies(
                        entry -> assertThat(((InvokeDynamicEntry) entry).name().stringValue())
                                .isEqualTo("getAsInt"));
    }

    @Test
    void theListStaysAndWhatIsGoneIsLeftOut() throws IOException {
        List<String> list = List.of("# a comment", "java/lang/NoSuchClass", "java/lang/Object", LAMBDA);

        List<String> all = ListedConstants.withConstants(list);

        assertThat(all).startsWith(list.toArray(String[]::new)).hasSize(list.size() + 1);
        assertThat(all.getLast()).startsWith("@cp java/lang/Object 1 ");
    }

    /// The constants that the last line names for [Lambdas].
    private static List<PoolEntry> resolved(String... list) throws IOException {
        List<String> words =
                List.of(ListedConstants.withConstants(List.of(list)).getLast().split(" "));
        assertThat(words).startsWith("@cp", NAME);
        try (InputStream in = ListedConstantsTest.class.getResourceAsStream("/" + NAME + ".class")) {
            ConstantPool pool = ClassFile.of()
                    .parse(Objects.requireNonNull(in).readAllBytes())
                    .constantPool();
            List<PoolEntry> entries = new ArrayList<>();
            for (String number : words.subList(2, words.size())) {
                entries.add(pool.entryByIndex(Integer.parseInt(number)));
            }
            return entries;
        }
    }

    static final class Lambdas {
        private Lambdas() {}

        static IntSupplier length(String text) {
            return text::length;
        }

        static Supplier<String> trimmed(String text) {
            return text::strip;
        }

        static int now(String text) {
            return text.length();
        }
    }
}
