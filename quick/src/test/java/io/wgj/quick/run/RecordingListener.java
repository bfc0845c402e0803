// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;

/// Records the steps and messages of a run.
final class RecordingListener implements ProgressListener {
    final List<Step> steps = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();

    @Override
    public void steps(List<Step> told) {
        steps.addAll(told);
    }

    @Override
    public void line(String line) {
        lines.add(line);
    }

    @Override
    public void remark(String sentence) {
        remarks.add(sentence);
    }
}
