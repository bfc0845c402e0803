// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Signals that a long-lived process handles itself. The JVM must have been started without `-Xrs`.
///
/// The JDK has one class for signals, `sun.misc.Signal` of the module jdk.unsupported. The compiler warns of it
/// in a way that cannot be switched off, so it is called by reflection.
public final class SignalHandlers {
    private SignalHandlers() {}

    /// Runs `task` on another thread whenever the signal comes. Without effect in a JVM that was started with
    /// `-Xrs`.
    ///
    /// @param name without `SIG`: `TERM`
    public static void handle(String name, Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object proxy = Proxy.newProxyInstance(
                    SignalHandlers.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (InvocationTargetException failure) {
            if (!(failure.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException(failure.getCause());
            }
            // A JVM started with -Xrs leaves the signal to the system, which ends the process.
            return;
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
