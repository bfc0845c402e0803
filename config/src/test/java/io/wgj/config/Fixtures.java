// SPDX-License-Identifier: Apache-2.0
package io.wgj.config;

import io.wgj.config.key.PublicKey;

/// The keys that the case tables name.
public final class Fixtures {
    /// A private key.
    public static final String PRIV = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    /// Its public key.
    public static final String PUB = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
    public static final String K1 = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    public static final String K1_HEX = "c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038";
    /// The public key of K1's bytes.
    public static final String PUB_K1 = "+Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=";
    public static final String K2 = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    public static final String K2_HEX = "4eb32f4a83f88d842563a448cc181bb2c42a637bf12363e2fb2ef594e5965d7d";
    /// PRIV's bytes used as a public key.
    public static final String K3 = PRIV;

    private Fixtures() {}

    /// The public key of this text.
    public static PublicKey key(String base64) {
        return PublicKey.parseBase64(base64).orElseThrow();
    }
}
