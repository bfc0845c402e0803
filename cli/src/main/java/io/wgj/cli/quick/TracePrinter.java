// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.TableFiles;
import io.wgj.quick.text.PlanRenderer;
import java.util.List;

/// Prints each step on standard error as the original does, unless that is quiet.
final class TracePrinter implements ProgressListener {
    private final Invocation invocation;
    private final PlanRenderer renderer;

    TracePrinter(Invocation invocation, Tunnel tunnel, boolean triesKernel) {
        this.invocation = invocation;
        this.renderer = new PlanRenderer(tunnel, new TableFiles(), triesKernel);
    }

    @Override
    public void steps(List<Step> steps) {
        if (invocation.isQuiet()) {
            return;
        }
        StringBuilder out = new StringBuilder();
        for (Step step : steps) {
            for (String line : renderer.trace(step)) {
                String shown = KeyMask.hide(line);
                // What the user wrote for bash is shown as wg-quick shows it.
                out.append(step instanceof Step.RunHook ? shown : Printable.of(shown))
                        .append('\n');
            }
        }
        invocation.host().err(out.toString());
    }

    @Override
    public void line(String line) {
        invocation.warn(line);
    }

    @Override
    public void remark(String sentence) {
        invocation.note(sentence);
    }
}
