// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;

/// Writes steps as the commands that would do the same.
public final class PlanRenderer {
    private static final String MISSING_MODULE =
            "[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.";

    /// ip(8)'s line of what the kernel says to a link of a kind that it has not.
    private static final String UNKNOWN_KIND = "Error: Unknown device type.";

    private final Tunnel tunnel;
    private final TableNames tables;
    private final boolean triesKernel;

    public PlanRenderer(Tunnel tunnel, TableNames tables) {
        this(tunnel, tables, true);
    }

    /// @param triesKernel whether an engine is the second choice
    public PlanRenderer(Tunnel tunnel, TableNames tables, boolean triesKernel) {
        this.triesKernel = triesKernel;
        this.tunnel = tunnel;
        this.tables = tables;
    }

    /// What wg-quick prints when it does this step: lines that begin with `[#] `, without newlines.
    public List<String> trace(Step step) {
        List<String> lines = new ArrayList<>();
        if (triesKernel && step instanceof Step.StartEngine) {
            // wg-quick tries the kernel first.
            lines.add("[#] ip link add dev " + tunnel.link() + " type wireguard");
            lines.add(UNKNOWN_KIND);
            lines.add(MISSING_MODULE);
        }
        for (String command : step.accept(new CommandWords(tunnel, tables, false))) {
            lines.add("[#] " + command);
        }
        return lines;
    }

    /// A whole plan: commands with all that they imply (priorities, our protocol number, the text of the firewall,
    /// indented by two blanks), then the notes as comments. No secrets.
    public List<String> plan(Plan plan) {
        List<String> lines = new ArrayList<>();
        CommandWords words = new CommandWords(tunnel, tables, true);
        for (Step step : plan.steps()) {
            boolean device = step instanceof Step.ApplyDevice || step instanceof Step.ReloadDevice;
            if (device && plan.device().isPresent()) {
                lines.addAll(
                        WgSetWords.lines(tunnel.link().text(), plan.device().get()));
                continue;
            }
            lines.addAll(step.accept(words));
            for (FirewallTable table : installed(step)) {
                for (String line : FirewallText.lines(table)) {
                    lines.add("  " + line);
                }
            }
        }
        for (String note : plan.notes()) {
            lines.add("# " + note);
        }
        return lines;
    }

    private static List<FirewallTable> installed(Step step) {
        if (step instanceof Step.InstallFirewall install) {
            return install.tables();
        }
        return step instanceof Step.ReplaceFirewall replace ? replace.tables() : List.of();
    }
}
