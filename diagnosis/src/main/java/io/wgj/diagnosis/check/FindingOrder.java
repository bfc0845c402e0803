// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import java.util.Comparator;
import java.util.List;

/// The two orders of findings.
final class FindingOrder implements Comparator<Finding> {
    private final boolean byGravity;

    private FindingOrder(boolean byGravity) {
        this.byGravity = byGravity;
    }

    /// By lines, and columns within one.
    static void byPlace(List<Finding> findings) {
        findings.sort(new FindingOrder(false));
    }

    /// Errors first, then warnings, each by their codes' order.
    static void byGravity(List<Finding> findings) {
        findings.sort(new FindingOrder(true));
    }

    @Override
    public int compare(Finding left, Finding right) {
        int code = left.code().compareTo(right.code());
        int line = Integer.compare(left.place().line(), right.place().line());
        int column = Integer.compare(left.place().column(), right.place().column());
        if (byGravity && code != 0) {
            return code;
        }
        return line != 0 ? line : column != 0 ? column : code;
    }
}
