// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/// Gives the pattern switches of a class a method of ordinary code that finds the case. The compiler leaves
/// this to `SwitchBootstraps.typeSwitch`, which puts method handles together when a switch first runs. No
/// class archive keeps these (docs/decisions/010).
///
/// Only switches whose labels are all types are rewritten; others stay as they are.
final class PlainSwitches {
    private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final String BOOTSTRAP = "typeSwitch";
    private static final String METHOD = "typeSwitch$";
    private static final int FLAGS = AccessFlag.PRIVATE.mask() | AccessFlag.STATIC.mask() | AccessFlag.SYNTHETIC.mask();

    private PlainSwitches() {}

    /// A method that is still to be added to the class.
    ///
    /// @param type takes the selector and the index of the first case that counts; returns the index of the
    ///     case
    /// @param labels the types of the cases, in their order
    private record Finder(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

    /// The same class with plain switches; the very same bytes where it has no pattern switch.
    static byte[] rewritten(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        if (!hasPatternSwitch(model)) {
            return bytes;
        }
        ClassDesc self = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        List<Finder> finders = new ArrayList<>();
        CodeTransform calls = (code, element) -> {
            if (isPatternSwitch(element)) {
                InvokeDynamicInstruction dynamic = (InvokeDynamicInstruction) element;
                Finder finder = new Finder(METHOD + finders.size(), dynamic.typeSymbol(), labels(dynamic));
                finders.add(finder);
                code.invokestatic(self, finder.name(), finder.type(), isInterface);
            } else {
                code.with(element);
            }
        };
        ClassTransform finds = ClassTransform.endHandler(builder -> {
            for (Finder finder : finders) {
                builder.withMethodBody(finder.name(), finder.type(), FLAGS, code -> find(code, finder));
            }
        });
        // A new pool of constants leaves the bootstrap methods out.
        return ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL)
                .transformClass(
                        model, ClassTransform.transformingMethodBodies(calls).andThen(finds));
    }

    private static boolean hasPatternSwitch(ClassModel model) {
        for (MethodModel method : model.methods()) {
            List<CodeElement> elements = new ArrayList<>();
            method.code().ifPresent(code -> code.forEach(elements::add));
            for (CodeElement element : elements) {
                if (isPatternSwitch(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPatternSwitch(CodeElement element) {
        if (!(element instanceof InvokeDynamicInstruction dynamic)
                || !dynamic.bootstrapMethod().owner().equals(BOOTSTRAPS)
                || !dynamic.bootstrapMethod().methodName().equals(BOOTSTRAP)) {
            return false;
        }
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (!(argument instanceof ClassDesc)) {
                return false;
            }
        }
        return true;
    }

    private static List<ClassDesc> labels(InvokeDynamicInstruction dynamic) {
        List<ClassDesc> labels = new ArrayList<>();
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            labels.add((ClassDesc) argument);
        }
        return labels;
    }

    /// As `SwitchBootstraps.typeSwitch` specifies it: -1 for null, else the first case from the given one on
    /// whose type the selector has, else the number of cases. A switch begins in the middle when a guard has
    /// refused a case.
    private static void find(CodeBuilder code, Finder finder) {
        List<Label> cases = new ArrayList<>();
        List<SwitchCase> entries = new ArrayList<>();
        Label none = code.newLabel();
        Label present = code.newLabel();
        for (int i = 0; i < finder.labels().size(); i++) {
            cases.add(code.newLabel());
            entries.add(SwitchCase.of(i, cases.get(i)));
        }
        code.aload(0).ifnonnull(present).iconst_m1().ireturn();
        code.labelBinding(present);
        code.iload(1).tableswitch(none, entries);
        for (int i = 0; i < finder.labels().size(); i++) {
            Label next = i + 1 < cases.size() ? cases.get(i + 1) : none;
            code.labelBinding(cases.get(i));
            code.aload(0).instanceOf(finder.labels().get(i)).ifeq(next);
            code.loadConstant(i).ireturn();
        }
        code.labelBinding(none).loadConstant(finder.labels().size()).ireturn();
    }
}
