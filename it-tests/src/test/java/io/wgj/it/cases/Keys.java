// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// The keys that all cases use. Tables write them as `<K1>`, shell lines as `$K1`.
public final class Keys {
    private static final Map<String, String> BASE64 = new LinkedHashMap<>();

    static {
        BASE64.put("PRIV", "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=");
        // The public key of PRIV.
        BASE64.put("PUB", "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=");
        BASE64.put("K1", "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
        // The public key that belongs to the bytes of K1.
        BASE64.put("PUBK1", "+Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=");
        BASE64.put("K2", "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=");
        BASE64.put("K3", "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=");
        BASE64.put("ZERO", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    }

    private Keys() {}

    /// Names and texts, for a shell's environment.
    static Map<String, String> byName() {
        return Map.copyOf(BASE64);
    }

    /// `text` with each `<NAME>` as `wg` prints that key.
    public static String base64(String text) {
        String result = text;
        for (Map.Entry<String, String> key : BASE64.entrySet()) {
            result = result.replace("<" + key.getKey() + ">", key.getValue());
        }
        return result;
    }

    /// `text` with each `<NAME>` as devices write that key.
    static String hex(String text) {
        String result = text;
        for (Map.Entry<String, String> key : BASE64.entrySet()) {
            byte[] bytes = Base64.getDecoder().decode(key.getValue());
            result = result.replace("<" + key.getKey() + ">", HexFormat.of().formatHex(bytes));
        }
        return result;
    }
}
