// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The functions of OpenSSL's libcrypto, 3 or 1.1, that this package calls. Looked up once, at first use.
///
/// Every argument and every result travels as a 64-bit register, as in `netlink.sys`. None of these functions
/// reports through `errno`, so it is not saved. The upper half of an `int` result is undefined.
final class LibCrypto {
    private static final String[] NAMES = {"libcrypto.so.3", "libcrypto.so.1.1"};
    private static final @Nullable LibCrypto FOUND;

    static {
        LibCrypto found;
        try {
            found = open();
        } catch (LinkageError | IllegalStateException _) {
            // This machine has no libcrypto, its libcrypto lacks one of these functions, or jffi has no stub for it.
            found = null;
        }
        FOUND = found;
    }

    // The reference keeps the library open.
    private final Library library;

    /// `EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void)`
    final Function cipherContextNew;
    /// `const EVP_CIPHER *EVP_chacha20_poly1305(void)`
    final Function chacha20Poly1305;
    /// `int EVP_EncryptInit_ex(EVP_CIPHER_CTX *ctx, const EVP_CIPHER *type, ENGINE *, const uchar *key,
    /// const uchar *iv)`
    final Function encryptInit;
    /// `int EVP_EncryptUpdate(EVP_CIPHER_CTX *ctx, uchar *out, int *outLength, const uchar *in, int
    /// inLength)`
    final Function encryptUpdate;
    /// `int EVP_EncryptFinal_ex(EVP_CIPHER_CTX *ctx, uchar *out, int *outLength)`
    final Function encryptFinal;
    /// As `EVP_EncryptInit_ex`
    final Function decryptInit;
    /// As `EVP_EncryptUpdate`
    final Function decryptUpdate;
    /// As `EVP_EncryptFinal_ex`; 1 only for the right tag
    final Function decryptFinal;
    /// `int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX *ctx, int type, int argument, void *pointer)`
    final Function cipherControl;
    /// `EVP_PKEY *EVP_PKEY_new_raw_private_key(int type, ENGINE *, const uchar *key, size_t length)`
    final Function privateKeyNew;
    /// `EVP_PKEY *EVP_PKEY_new_raw_public_key(int type, ENGINE *, const uchar *key, size_t length)`
    final Function publicKeyNew;
    /// `int EVP_PKEY_get_raw_public_key(const EVP_PKEY *key, uchar *out, size_t *length)`
    final Function publicKeyOf;
    /// `void EVP_PKEY_free(EVP_PKEY *key)`
    final Function keyFree;
    /// `EVP_PKEY_CTX *EVP_PKEY_CTX_new(EVP_PKEY *key, ENGINE *)`
    final Function keyContextNew;
    /// `void EVP_PKEY_CTX_free(EVP_PKEY_CTX *ctx)`
    final Function keyContextFree;
    /// `int EVP_PKEY_derive_init(EVP_PKEY_CTX *ctx)`
    final Function deriveInit;
    /// `int EVP_PKEY_derive_set_peer(EVP_PKEY_CTX *ctx, EVP_PKEY *peer)`
    final Function deriveSetPeer;
    /// `int EVP_PKEY_derive(EVP_PKEY_CTX *ctx, uchar *out, size_t *length)`
    final Function derive;
    /// `void ERR_clear_error(void)`
    final Function clearErrors;

    private LibCrypto(Library library) {
        this.library = library;
        cipherContextNew = function("EVP_CIPHER_CTX_new", 0);
        chacha20Poly1305 = function("EVP_chacha20_poly1305", 0);
        encryptInit = function("EVP_EncryptInit_ex", 5);
        encryptUpdate = function("EVP_EncryptUpdate", 5);
        encryptFinal = function("EVP_EncryptFinal_ex", 3);
        decryptInit = function("EVP_DecryptInit_ex", 5);
        decryptUpdate = function("EVP_DecryptUpdate", 5);
        decryptFinal = function("EVP_DecryptFinal_ex", 3);
        cipherControl = function("EVP_CIPHER_CTX_ctrl", 4);
        privateKeyNew = function("EVP_PKEY_new_raw_private_key", 4);
        publicKeyNew = function("EVP_PKEY_new_raw_public_key", 4);
        publicKeyOf = function("EVP_PKEY_get_raw_public_key", 3);
        keyFree = function("EVP_PKEY_free", 1);
        keyContextNew = function("EVP_PKEY_CTX_new", 2);
        keyContextFree = function("EVP_PKEY_CTX_free", 1);
        deriveInit = function("EVP_PKEY_derive_init", 1);
        deriveSetPeer = function("EVP_PKEY_derive_set_peer", 2);
        derive = function("EVP_PKEY_derive", 3);
        clearErrors = function("ERR_clear_error", 0);
    }

    static Optional<LibCrypto> find() {
        return Optional.ofNullable(FOUND);
    }

    private static LibCrypto open() {
        for (String name : NAMES) {
            Library library = Library.openLibrary(name, Library.NOW | Library.LOCAL);
            if (library != null) {
                return new LibCrypto(library);
            }
        }
        throw new UnsatisfiedLinkError("neither libcrypto.so.3 nor libcrypto.so.1.1 is here");
    }

    private Function function(String name, int arguments) {
        long address = library.getSymbolAddress(name);
        if (address == 0) {
            throw new UnsatisfiedLinkError("libcrypto has no " + name);
        }
        Type[] types = new Type[arguments];
        for (int i = 0; i < arguments; i++) {
            types[i] = Type.SINT64;
        }
        return new Function(address, new CallContext(Type.SINT64, types));
    }

    /// One function, called with as many arguments as it has.
    record Function(long address, CallContext context) {
        private static final Invoker INVOKER = Invoker.getInstance();

        long call() {
            return INVOKER.invokeL0NoErrno(context, address);
        }

        long call(long a) {
            return INVOKER.invokeL1NoErrno(context, address, a);
        }

        long call(long a, long b) {
            return INVOKER.invokeL2NoErrno(context, address, a, b);
        }

        long call(long a, long b, long c) {
            return INVOKER.invokeL3NoErrno(context, address, a, b, c);
        }

        long call(long a, long b, long c, long d) {
            return INVOKER.invokeL4NoErrno(context, address, a, b, c, d);
        }

        long call(long a, long b, long c, long d, long e) {
            return INVOKER.invokeL5NoErrno(context, address, a, b, c, d, e);
        }
    }
}
