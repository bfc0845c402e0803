// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Place;
import java.util.ArrayList;
import java.util.List;

/// The findings so far.
final class Report {
    private final List<Finding> findings = new ArrayList<>();

    /// Adds a finding without lines to paste.
    void add(CheckCode code, Place place, String message, String remedy) {
        add(code, place, message, remedy, List.of());
    }

    /// Adds a finding.
    void add(CheckCode code, Place place, String message, String remedy, List<String> lines) {
        findings.add(new Finding(code, place, message, remedy, lines));
    }

    /// What was found, in no order.
    List<Finding> findings() {
        return findings;
    }
}
