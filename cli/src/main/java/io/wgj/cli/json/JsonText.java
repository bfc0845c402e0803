// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import io.wgj.config.text.Latin1;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// JSON as bytes, one a char, as all output is.
final class JsonText {
    /// The name and version of our own documents' shape.
    static final String SCHEMA = "wgj/1";

    private JsonText() {}

    /// Writes one document.
    @FunctionalInterface
    interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    /// The document in UTF-8 and a newline.
    ///
    /// @param layout null for everything on one line
    static String of(Document document, @Nullable PrettyPrinter layout) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(layout);
            document.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        text.append('\n');
        return Latin1.ofUnicode(text.toString());
    }

    /// Bytes, one a char, as the text they most likely are. JSON has no way to carry any others.
    static String decode(String bytes) {
        return Latin1.toUnicode(bytes);
    }
}
