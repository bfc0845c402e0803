// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.invoke.MethodHandleInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Adds to a class list which constants of its classes the JVM resolves when it makes an archive: a line `@cp`
/// with their numbers for each class. These are all classes, fields and methods that the class names, and those
/// lambdas that the list names by `@lambda-proxy`.
///
/// The numbers change with each edit of a class, with another JDK and with jlink. So lists are committed without
/// them. With wrong numbers the lambdas are not in the archive, and `wgj-quick plan` takes twice as long.
final class ListedConstants {
    private static final String LAMBDA = "@lambda-proxy ";

    private ListedConstants() {}

    /// @param words of the command line: the folder of the lists to read, the one to write them to, their names
    public static void main(String[] words) throws IOException {
        for (String name : Arrays.asList(words).subList(2, words.length)) {
            List<String> list = Files.readAllLines(Path.of(words[0], name + ".list"));
            Files.write(Path.of(words[1], name + ".list"), withConstants(list));
        }
    }

    static List<String> withConstants(List<String> list) throws IOException {
        Set<String> lambdas =
                list.stream().filter(line -> line.startsWith(LAMBDA)).collect(Collectors.toSet());
        List<String> all = new ArrayList<>(list);
        for (String line : list) {
            if (!line.startsWith("@") && !line.startsWith("#")) {
                try (InputStream in = ClassLoader.getSystemResourceAsStream(line + ".class")) {
                    // A list that is out of date names classes that are gone.
                    if (in != null) {
                        all.add(constants(ClassFile.of().parse(in.readAllBytes()), lambdas));
                    }
                }
            }
        }
        return all;
    }

    private static String constants(ClassModel model, Set<String> lambdas) {
        String name = model.thisClass().asInternalName();
        StringBuilder line = new StringBuilder("@cp ").append(name);
        for (PoolEntry entry : model.constantPool()) {
            boolean resolved = switch (entry) {
                case ClassEntry _, MemberRefEntry _ -> true;
                case InvokeDynamicEntry lambda -> lambdas.contains(LAMBDA + name + ' ' + described(lambda));
                default -> false;
            };
            if (resolved) {
                line.append(' ').append(entry.index());
            }
        }
        return line.toString();
    }

    /// As in the list: `accept (I)Ljava/util/function/Consumer; (Ljava/lang/Object;)V REF_invokeStatic Class
    /// lambda$f$0 …`.
    private static String described(InvokeDynamicEntry lambda) {
        StringBuilder text = new StringBuilder(lambda.name().stringValue())
                .append(' ')
                .append(lambda.type().stringValue());
        for (LoadableConstantEntry argument : lambda.bootstrap().arguments()) {
            text.append(' ');
            switch (argument) {
                case MethodTypeEntry type -> text.append(type.descriptor().stringValue());
                case MethodHandleEntry method -> {
                    MemberRefEntry member = method.reference();
                    text.append("REF_")
                            .append(MethodHandleInfo.referenceKindToString(method.kind()))
                            .append(' ')
                            .append(member.owner().asInternalName())
                            .append(' ')
                            .append(member.name().stringValue())
                            .append(' ')
                            .append(member.type().stringValue());
                }
                default -> text.append('?');
            }
        }
        return text.toString();
    }
}
