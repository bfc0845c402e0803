// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/// Replaces two methods of jffi by ordinary code with the same results. jffi reads its own version by reflection,
/// and Java's by a regular expression. Both set up method handles, in each run of a command that makes a native
/// call.
final class PlainJffi {
    private static final ClassDesc VERSION = ClassDesc.of("com.kenai.jffi.Version");
    private static final ClassDesc PLATFORM = ClassDesc.of("com.kenai.jffi.Platform");
    private static final ClassDesc OS = PLATFORM.nested("OS");
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final ClassDesc RUNTIME_VERSION = RUNTIME.nested("Version");

    private PlainJffi() {}

    /// The same class, if it is none of the two.
    ///
    /// @throws IllegalStateException when jffi's class lacks the method: jffi has changed, and this with it
    static byte[] rewritten(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        return switch (model.thisClass().asInternalName()) {
            case "com/kenai/jffi/Foreign" -> replaced(model, "getVersionField", PlainJffi::versionField);
            case "com/kenai/jffi/Platform" -> replaced(model, ConstantDescs.INIT_NAME, PlainJffi::constructor);
            default -> bytes;
        };
    }

    /// Replaces the private method of this name. Accessors that the compiler made have the name, too, and stay.
    private static byte[] replaced(ClassModel model, String name, Consumer<? super CodeBuilder> code) {
        int[] found = {0};
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel method
                    && method.methodName().equalsString(name)
                    && (method.flags().flagsMask() & ClassFile.ACC_PRIVATE) != 0) {
                found[0]++;
                builder.withMethodBody(
                        name, method.methodTypeSymbol(), method.flags().flagsMask(), code);
            } else {
                builder.with(element);
            }
        };
        byte[] changed = ClassFile.of().transformClass(model, transform);
        if (found[0] != 1) {
            throw new IllegalStateException(
                    model.thisClass().asInternalName() + " has " + found[0] + " private methods " + name);
        }
        return changed;
    }

    /// `int getVersionField(String name)`: MAJOR, MINOR or MICRO of `Version`.
    private static void versionField(CodeBuilder code) {
        for (String name : new String[] {"MAJOR", "MINOR"}) {
            code.aload(0)
                    .ldc(name)
                    .invokevirtual(
                            ConstantDescs.CD_String,
                            "equals",
                            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object))
                    .ifThen(then ->
                            then.getstatic(VERSION, name, ConstantDescs.CD_int).ireturn());
        }
        code.getstatic(VERSION, "MICRO", ConstantDescs.CD_int).ireturn();
    }

    /// `Platform(OS os)`.
    private static void constructor(CodeBuilder code) {
        code.aload(0)
                .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .aload(0)
                .aload(1)
                .putfield(PLATFORM, "os", OS)
                .aload(0)
                .invokestatic(RUNTIME, "version", MethodTypeDesc.of(RUNTIME_VERSION))
                .invokevirtual(RUNTIME_VERSION, "feature", MethodTypeDesc.of(ConstantDescs.CD_int))
                .putfield(PLATFORM, "javaVersionMajor", ConstantDescs.CD_int)
                .return_();
    }
}
