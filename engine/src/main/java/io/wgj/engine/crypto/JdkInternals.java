// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The two methods inside the JDK that its compiler replaces by vector code, called without the JCA around
/// them: `ChaCha20Cipher.implChaCha20Block` (JDK-8247645) and `Poly1305.processMultipleBlocks` (JDK-8288047,
/// JDK-8325991).
///
/// The virtual machine must have been started with `--add-opens
/// java.base/com.sun.crypto.provider=ALL-UNNAMED`, `--add-opens java.base/sun.security.util.math=ALL-UNNAMED`
/// and `--add-opens java.base/sun.security.util.math.intpoly=ALL-UNNAMED`, or the same in its jar's manifest.
/// Without them, or in a JDK with other internals, [#PROBLEM] says what is wrong, and nothing else here may
/// be used.
final class JdkInternals {
    /// Why these methods cannot be used; null when they can.
    static final @Nullable String PROBLEM;

    /// The length of the array for a keystream, however much of it one call fills.
    static final int KEYSTREAM_LENGTH;

    private static final MethodType BLOCK_TYPE = MethodType.methodType(int.class, int[].class, byte[].class);
    private static final MethodType POLY_TYPE =
            MethodType.methodType(void.class, byte[].class, int.class, int.class, long[].class, long[].class);
    // Constants, so that the compiler sees through them to the intrinsics.
    private static final MethodHandle BLOCK;
    private static final MethodHandle POLY;
    // The rest is used for each new context. Fields are read through handles, constructors and methods are
    // called by reflection: in a process that has just started each is the cheaper way, by milliseconds.
    // (Handles that only fetch come ready with the JDK, and reflection, as the launcher sets it up, calls
    // natively.)
    private static final @Nullable Constructor<?> NEW_POLY;
    private static final MethodHandle ACCUMULATOR;
    private static final MethodHandle MULTIPLIER;

    static {
        MethodHandle block;
        MethodHandle poly;
        MethodHandle accumulator;
        MethodHandle multiplier;
        Constructor<?> newPoly = null;
        int keystreamLength = 0;
        String problem = null;
        try {
            Class<?> cipher = Class.forName("com.sun.crypto.provider.ChaCha20Cipher");
            MethodHandles.Lookup inCipher = MethodHandles.privateLookupIn(cipher, MethodHandles.lookup());
            block = inCipher.findStatic(cipher, "implChaCha20Block", BLOCK_TYPE);
            keystreamLength = (int)
                    inCipher.findStaticGetter(cipher, "KS_MAX_LEN", int.class).invokeExact();
            Class<?> authenticator = Class.forName("com.sun.crypto.provider.Poly1305");
            MethodHandles.Lookup inAuthenticator = MethodHandles.privateLookupIn(authenticator, MethodHandles.lookup());
            poly = inAuthenticator
                    .findVirtual(authenticator, "processMultipleBlocks", POLY_TYPE)
                    .asType(POLY_TYPE.insertParameterTypes(0, Object.class));
            accumulator = getter(inAuthenticator, authenticator, "a");
            multiplier = getter(inAuthenticator, authenticator, "r");
            newPoly = authenticator.getDeclaredConstructor();
            newPoly.setAccessible(true);
            limbs(accumulator, initialised(newPoly));
        } catch (Throwable e) {
            problem = e.toString();
            block = MethodHandles.empty(BLOCK_TYPE);
            poly = MethodHandles.empty(POLY_TYPE.insertParameterTypes(0, Object.class));
            accumulator = MethodHandles.empty(MethodType.methodType(Object.class, Object.class));
            multiplier = accumulator;
        }
        BLOCK = block;
        POLY = poly;
        ACCUMULATOR = accumulator;
        MULTIPLIER = multiplier;
        NEW_POLY = newPoly;
        KEYSTREAM_LENGTH = keystreamLength;
        PROBLEM = problem;
    }

    private JdkInternals() {}

    /// Writes as many blocks of keystream as this processor makes at once.
    ///
    /// @param state ChaCha20's sixteen words (RFC 8439 section 2.3), the block counter in word 12; not
    ///     changed
    /// @param keystream [#KEYSTREAM_LENGTH] bytes
    /// @return the bytes made, a multiple of 64
    static int keystream(int[] state, byte[] keystream) {
        try {
            return (int) BLOCK.invokeExact(state, keystream);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// A Poly1305 and the arrays of its accumulator and its multiplier, five limbs of 26 bits each.
    ///
    /// Compiled code works on the arrays that it is given, interpreted code on the object's own. With the
    /// object's own arrays both do the same.
    static final class Poly1305 {
        private final Object object;
        private final long[] accumulator;
        private final long[] multiplier;

        Poly1305() {
            try {
                object = initialised(Objects.requireNonNull(NEW_POLY));
                accumulator = limbs(ACCUMULATOR, object);
                multiplier = limbs(MULTIPLIER, object);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        long[] accumulator() {
            return accumulator;
        }

        long[] multiplier() {
            return multiplier;
        }

        /// Absorbs whole blocks. The range is not checked.
        ///
        /// @param length a multiple of 16
        void absorb(byte[] in, int offset, int length) {
            try {
                POLY.invokeExact(object, in, offset, length, accumulator, multiplier);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }
    }

    private static MethodHandle getter(MethodHandles.Lookup lookup, Class<?> owner, String field)
            throws ReflectiveOperationException {
        return lookup.findGetter(owner, field, owner.getDeclaredField(field).getType());
    }

    private static Object initialised(Constructor<?> constructor) throws ReflectiveOperationException {
        Object poly = constructor.newInstance();
        byte[] anyKey = new byte[32];
        // Not of zeros, which the JDK refuses in either half.
        Arrays.fill(anyKey, (byte) 1);
        Method init = poly.getClass().getDeclaredMethod("engineInit", Key.class, AlgorithmParameterSpec.class);
        init.setAccessible(true);
        init.invoke(poly, new SecretKeySpec(anyKey, "Poly1305"), null);
        return poly;
    }

    private static long[] limbs(MethodHandle getter, Object poly) throws Throwable {
        Object element = (Object) getter.invoke(poly);
        Method getLimbs = element.getClass().getMethod("getLimbs");
        getLimbs.setAccessible(true);
        return (long[]) getLimbs.invoke(element);
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("the JDK's own ChaCha20-Poly1305 failed", e);
    }
}
