// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;

/// One function of the C library, looked up on its first call.
///
/// Every argument takes one 64-bit register: pointers as they are, an `int` sign-extended. The calling
/// conventions of x86-64 and arm64 do the same, also for variadic functions. So one jffi call context serves
/// all functions with the same number of arguments. Five arguments are the most, except for [#six]: a sixth
/// argument has arrived as garbage through jffi's fast path.
final class CFunction {
    private static final int MOST_ARGUMENTS = 6;
    private static final CallContext[] CONTEXTS = new CallContext[MOST_ARGUMENTS + 1];
    private static final Invoker INVOKER = Invoker.getInstance();
    private static final LastError LAST_ERROR = LastError.getInstance();

    private final String name;
    private volatile long address;

    CFunction(String name) {
        this.name = name;
    }

    /// Returns the function's result as it is. Arguments beyond `count` are not passed.
    long raw(int count, long a, long b, long c, long d, long e) {
        long function = address();
        CallContext context = context(count);
        return switch (count) {
            case 0 -> INVOKER.invokeL0(context, function);
            case 1 -> INVOKER.invokeL1(context, function, a);
            case 2 -> INVOKER.invokeL2(context, function, a, b);
            case 3 -> INVOKER.invokeL3(context, function, a, b, c);
            case 4 -> INVOKER.invokeL4(context, function, a, b, c, d);
            default -> INVOKER.invokeL5(context, function, a, b, c, d, e);
        };
    }

    long raw() {
        return raw(0, 0, 0, 0, 0, 0);
    }

    long raw(long a) {
        return raw(1, a, 0, 0, 0, 0);
    }

    long raw(long a, long b) {
        return raw(2, a, b, 0, 0, 0);
    }

    long raw(long a, long b, long c, long d) {
        return raw(4, a, b, c, d, 0);
    }

    /// Returns the function's result, through jffi's slow path, which takes any number of arguments.
    long six(long a, long b, long c, long d, long e, long f) {
        HeapInvocationBuffer arguments = new HeapInvocationBuffer(context(6));
        arguments.putLong(a);
        arguments.putLong(b);
        arguments.putLong(c);
        arguments.putLong(d);
        arguments.putLong(e);
        arguments.putLong(f);
        return INVOKER.invokeLong(context(6), address(), arguments);
    }

    /// Returns the function's `int` (or an `ssize_t` that fits one); calls again while a signal interrupts
    /// it.
    int call(long a) throws SystemException {
        return call(1, a, 0, 0, 0, 0);
    }

    int call(long a, long b) throws SystemException {
        return call(2, a, b, 0, 0, 0);
    }

    int call(long a, long b, long c) throws SystemException {
        return call(3, a, b, c, 0, 0);
    }

    int call(long a, long b, long c, long d) throws SystemException {
        return call(4, a, b, c, d, 0);
    }

    int call(long a, long b, long c, long d, long e) throws SystemException {
        return call(5, a, b, c, d, e);
    }

    /// Returns the function's result, or minus the error number; calls again while a signal interrupts it.
    /// For packet paths: allocates nothing and takes no lock.
    int attempt(long a, long b, long c) {
        long function = address();
        while (true) {
            int result = (int) INVOKER.invokeL3(Three.CONTEXT, function, a, b, c);
            if (result != -1) {
                return result;
            }
            int errno = lastError();
            if (errno != Errno.EINTR) {
                return -errno;
            }
        }
    }

    /// The context of three arguments: created on first use, a constant from then on.
    private static final class Three {
        static final CallContext CONTEXT = context(3);
    }

    private int call(int count, long a, long b, long c, long d, long e) throws SystemException {
        while (true) {
            // The upper half of the register is undefined after a function that returns an int.
            int result = (int) raw(count, a, b, c, d, e);
            if (result != -1) {
                return result;
            }
            int errno = lastError();
            if (errno != Errno.EINTR) {
                throw new SystemException(name, errno);
            }
        }
    }

    /// `errno` of this thread's latest call: jffi saves it before the JVM can overwrite it.
    static int lastError() {
        return LAST_ERROR.get();
    }

    /// The address of the C library's symbol of this name.
    long address() {
        long known = address;
        if (known == 0) {
            known = Library.getDefault().getSymbolAddress(name);
            if (known == 0) {
                throw new UnsatisfiedLinkError("the C library has no " + name);
            }
            address = known;
        }
        return known;
    }

    private static CallContext context(int count) {
        synchronized (CONTEXTS) {
            CallContext known = CONTEXTS[count];
            if (known == null) {
                Type[] arguments = new Type[count];
                for (int i = 0; i < count; i++) {
                    arguments[i] = Type.SINT64;
                }
                known = new CallContext(Type.SINT64, arguments);
                CONTEXTS[count] = known;
            }
            return known;
        }
    }
}
