// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

/// A new key file as a document: `{"schema":"wgj/1","file":"wg0.key","publicKey":"…"}`.
public final class KeyFileJson {
    private KeyFileJson() {}

    /// @param publicKey empty for a preshared key
    public static String of(String path, String publicKey) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeStringField("file", JsonText.decode(path));
                    if (!publicKey.isEmpty()) {
                        json.writeStringField("publicKey", publicKey);
                    }
                    json.writeEndObject();
                },
                null);
    }
}
