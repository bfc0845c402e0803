// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.model.Step;
import java.util.List;

/// Hears what happens while it happens.
public interface ProgressListener {
    /// These steps are about to be performed, or, of many routes at once, have been tried: the last of them may
    /// be the one that failed. Those of a way back are told too.
    void steps(List<Step> steps);

    /// A line for standard error that the original prints too, without a newline.
    void line(String line);

    /// A sentence of our own, without `wgj: ` and newline.
    void remark(String sentence);
}
