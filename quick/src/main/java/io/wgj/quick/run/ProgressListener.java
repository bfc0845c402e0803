// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.model.Step;
import java.util.List;

/// Receives each step and message of a run.
public interface ProgressListener {
    /// Reports steps that are about to be performed, those of a rollback too. Many routes at once are
    /// reported after they were tried: the last of them may have failed.
    void steps(List<Step> steps);

    /// Reports a line for standard error that wg-quick prints too, without a newline.
    void line(String line);

    /// Reports a sentence of our own, without `wgj: ` and newline.
    void remark(String sentence);
}
