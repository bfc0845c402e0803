// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.wgj.config.file.Place;
import io.wgj.config.file.Problem;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a document: each problem has a line, a column and a JSON pointer (RFC 6901).
final class JsonPlaces {
    private final String file;
    private final JsonParser json;
    private final List<Problem> problems = new ArrayList<>();

    /// @param file the name to put into places
    JsonPlaces(String file, JsonParser json) {
        this.file = file;
        this.json = json;
    }

    /// What was found so far.
    List<Problem> problems() {
        return problems;
    }

    /// Where the current token begins.
    Place here() {
        JsonLocation at = json.currentTokenLocation();
        return new Place(file, at.getLineNr(), at.getColumnNr());
    }

    /// Where the current token is in the document.
    String pointer() {
        JsonStreamContext context = json.getParsingContext();
        return context.pathAsPointer(false).toString();
    }

    /// Adds a problem of the current token.
    ///
    /// @param reason what would be right, without a full stop
    void add(String reason, String hint) {
        problems.add(problem(here(), pointer(), reason, hint));
    }

    /// A problem of the document that `file` names.
    static Problem problem(Place place, String pointer, String reason, String hint) {
        return new Problem(place, "", pointer, "", List.of(), reason, hint);
    }
}
