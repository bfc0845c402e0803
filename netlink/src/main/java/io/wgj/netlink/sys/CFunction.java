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
/// Every argument travels as a 64-bit register: pointers as they are, an `int` sign-extended, which is how
/// the calling conventions of x86-64 and arm64 hand it over anyway, variadic functions included. That leaves
/// one jffi call context a
/// number of arguments. Five arguments are the most but for [#six]: a sixth has been seen to arrive as garbage by
/// jffi's quick way.
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

    /// What the function returned, whatever it means. `arguments` beyond `count` are not passed.
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

    /// What the function returned, by jffi's slow way, which knows any number of arguments.
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

    /// The `int` (or `ssize_t` that fits one) the function returned; called again while a signal interrupts it.
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

    /// What the function returned, or minus the error number; called again while a signal interrupts it. For
    /// packet paths: neither allocates nor locks.
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

    /// The context of three arguments, made when it is first needed and then a constant.
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

    /// `errno` as this thread's latest call left it: jffi saves it before the JVM can overwrite it.
    static int lastError() {
        return LAST_ERROR.get();
    }

    /// Where the C library has what is called so.
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
