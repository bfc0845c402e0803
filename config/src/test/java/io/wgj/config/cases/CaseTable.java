// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.cases;

import java.util.List;

/// A suite that runs cases from a table. It has a constructor without parameters, so that its ids can be listed
/// without running it.
public interface CaseTable {
    /// The ids of all rows, once per row: an id with several rows appears several times.
    List<String> caseIds();
}
