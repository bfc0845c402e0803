// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// Gives a record an `equals` and a `hashCode` of ordinary code, with the results of the compiler's own. The
/// compiler leaves these two to `ObjectMethods`, which puts method handles together when they are first
/// called. No class archive keeps these, which costs a command a quarter of its time
/// (docs/decisions/006).
final class PlainRecords {
    private static final ClassDesc BOOTSTRAP = ClassDesc.of("java.lang.runtime.ObjectMethods");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc COMPARE_OBJECTS =
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final int FACTOR = 31;
    private static final int OTHER = 2;

    private PlainRecords() {}

    /// The same class, if it is no record of which the compiler made these methods.
    static byte[] rewritten(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        if (model.findAttribute(Attributes.record()).isEmpty()) {
            return bytes;
        }
        List<RecordComponentInfo> components =
                model.findAttribute(Attributes.record()).get().components();
        ClassDesc self = model.thisClass().asSymbol();
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel method && isLeftToMethodHandles(method)) {
                String name = method.methodName().stringValue();
                if (name.equals("equals")) {
                    builder.withMethodBody(
                            name,
                            method.methodTypeSymbol(),
                            method.flags().flagsMask(),
                            code -> equality(code, self, components));
                    return;
                }
                if (name.equals("hashCode")) {
                    builder.withMethodBody(
                            name,
                            method.methodTypeSymbol(),
                            method.flags().flagsMask(),
                            code -> hash(code, self, components));
                    return;
                }
            }
            builder.with(element);
        };
        return ClassFile.of().transformClass(model, transform);
    }

    private static boolean isLeftToMethodHandles(MethodModel method) {
        List<CodeElement> code = new ArrayList<>();
        method.code().ifPresent(body -> body.forEach(code::add));
        for (CodeElement element : code) {
            if (element instanceof InvokeDynamicInstruction dynamic
                    && dynamic.bootstrapMethod().owner().equals(BOOTSTRAP)) {
                return true;
            }
        }
        return false;
    }

    private static void equality(CodeBuilder code, ClassDesc self, List<RecordComponentInfo> components) {
        Label unequal = code.newLabel();
        code.aload(1).instanceOf(self).ifeq(unequal);
        code.aload(1).checkcast(self).astore(OTHER);
        for (RecordComponentInfo component : components) {
            String name = component.name().stringValue();
            ClassDesc type = component.descriptorSymbol();
            code.aload(0).getfield(self, name, type).aload(OTHER).getfield(self, name, type);
            switch (type.descriptorString()) {
                case "Z", "B", "S", "C", "I" -> code.if_icmpne(unequal);
                case "J" -> code.lcmp().ifne(unequal);
                // Not the comparison of numbers: NaN equals itself, and the zeros differ.
                case "F" ->
                    code.invokestatic(ConstantDescs.CD_Float, "compare", comparison(type))
                            .ifne(unequal);
                case "D" ->
                    code.invokestatic(ConstantDescs.CD_Double, "compare", comparison(type))
                            .ifne(unequal);
                default -> code.invokestatic(OBJECTS, "equals", COMPARE_OBJECTS).ifeq(unequal);
            }
        }
        code.iconst_1().ireturn();
        code.labelBinding(unequal).iconst_0().ireturn();
    }

    private static MethodTypeDesc comparison(ClassDesc type) {
        return MethodTypeDesc.of(ConstantDescs.CD_int, type, type);
    }

    private static void hash(CodeBuilder code, ClassDesc self, List<RecordComponentInfo> components) {
        code.iconst_0();
        for (RecordComponentInfo component : components) {
            ClassDesc type = component.descriptorSymbol();
            code.bipush(FACTOR).imul();
            code.aload(0).getfield(self, component.name().stringValue(), type);
            MethodTypeDesc hashOfType = MethodTypeDesc.of(ConstantDescs.CD_int, type);
            switch (type.descriptorString()) {
                case "B", "S", "C", "I" -> {}
                case "Z" -> code.invokestatic(ConstantDescs.CD_Boolean, "hashCode", hashOfType);
                case "J" -> code.invokestatic(ConstantDescs.CD_Long, "hashCode", hashOfType);
                case "F" -> code.invokestatic(ConstantDescs.CD_Float, "hashCode", hashOfType);
                case "D" -> code.invokestatic(ConstantDescs.CD_Double, "hashCode", hashOfType);
                default ->
                    code.invokestatic(
                            OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }
}
