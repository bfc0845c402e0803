// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wgj.config.device.DeviceState;
import io.wgj.config.text.Latin1;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the monitor's replies, one line each. A member that it does not know is skipped: a newer monitor may
/// say more. On the path of short commands: no lambdas, no reflection.
public final class ReplyReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ScopeIndexes scopes;
    private @Nullable String schema;
    private @Nullable Instant time;
    private @Nullable RefusedException refusal;
    private @Nullable List<InterfaceFields> interfaces;
    private boolean up;

    private ReplyReader(ScopeIndexes scopes) {
        this.scopes = scopes;
    }

    /// Reads the reply to [StatusRequest.Status].
    ///
    /// @throws RefusedException when the reply is an error
    public static MonitorStatus status(byte[] line, ScopeIndexes scopes) throws ProtocolException, RefusedException {
        ReplyReader reader = read(line, scopes);
        List<InterfaceStatus> links = new ArrayList<>();
        for (InterfaceFields fields : required(reader.interfaces, "interfaces")) {
            links.add(fields.status());
        }
        return new MonitorStatus(required(reader.time, "time"), links);
    }

    /// Reads the reply to [StatusRequest.Show].
    ///
    /// @throws RefusedException when the reply is an error
    public static List<DeviceState> devices(byte[] line, ScopeIndexes scopes)
            throws ProtocolException, RefusedException {
        List<DeviceState> devices = new ArrayList<>();
        for (InterfaceFields fields : required(read(line, scopes).interfaces, "interfaces")) {
            devices.add(fields.device());
        }
        return devices;
    }

    /// Reads the reply to [StatusRequest.Wait]. Returns when it says that the peers are up.
    ///
    /// @throws RefusedException when the reply is an error
    public static void up(byte[] line) throws ProtocolException, RefusedException {
        if (!read(line, name -> 0).up) {
            throw new ProtocolException("up: the reply has no such member");
        }
    }

    /// Reads one line of the reply to [StatusRequest.Events], for nothing but its failure.
    ///
    /// @throws RefusedException when it is an error
    public static void event(byte[] line) throws ProtocolException, RefusedException {
        read(line, name -> 0);
    }

    private static ReplyReader read(byte[] line, ScopeIndexes scopes) throws ProtocolException, RefusedException {
        ReplyReader reader = new ReplyReader(scopes);
        try (JsonParser json = FACTORY.createParser(line)) {
            reader.document(json);
        } catch (IOException malformed) {
            throw new ProtocolException("the reply is no JSON document");
        }
        if (!ReplyWriter.SCHEMA.equals(reader.schema)) {
            throw new ProtocolException("the reply is not of " + ReplyWriter.SCHEMA);
        }
        if (reader.refusal != null) {
            throw reader.refusal;
        }
        return reader;
    }

    private void document(JsonParser json) throws IOException, ProtocolException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new ProtocolException("the reply is no JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "schema" -> schema = json.getValueAsString();
                case "time" -> time = Timestamps.parse(text(json));
                case "up" -> up = json.getValueAsBoolean();
                case "error" -> refusal = error(json);
                case "interfaces" -> interfaces = interfaces(json);
                default -> json.skipChildren();
            }
        }
    }

    private static RefusedException error(JsonParser json) throws IOException, ProtocolException {
        int code = 1;
        String message = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "code" -> code = json.getValueAsInt();
                case "message" -> message = text(json);
                default -> json.skipChildren();
            }
        }
        return new RefusedException(code, message);
    }

    private List<InterfaceFields> interfaces(JsonParser json) throws IOException, ProtocolException {
        List<InterfaceFields> links = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            links.add(InterfaceFields.read(json, scopes));
        }
        return links;
    }

    /// Text, its bytes as chars.
    static String text(JsonParser json) throws IOException, ProtocolException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new ProtocolException(json.currentName() + ": its value has to be text");
        }
        return Latin1.ofUnicode(json.getText());
    }

    /// A value that every such reply has.
    static <T> T required(@Nullable T value, String name) throws ProtocolException {
        if (value == null) {
            throw new ProtocolException(name + ": the reply has no such member");
        }
        return value;
    }
}
