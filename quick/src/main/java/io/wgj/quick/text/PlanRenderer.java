// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;

/// Formats plans as the commands that would do the same.
public final class PlanRenderer {
    private static final String MISSING_MODULE =
            "[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.";

    /// ip(8)'s line when the kernel lacks a kind of link.
    private static final String UNKNOWN_KIND = "Error: Unknown device type.";

    private final Tunnel tunnel;
    private final TableNames tables;
    private final boolean triesKernel;

    public PlanRenderer(Tunnel tunnel, TableNames tables) {
        this(tunnel, tables, true);
    }

    /// @param triesKernel whether the kernel is tried before an engine
    public PlanRenderer(Tunnel tunnel, TableNames tables, boolean triesKernel) {
        this.triesKernel = triesKernel;
        this.tunnel = tunnel;
        this.tables = tables;
    }

    /// The lines that wg-quick prints when it performs this step: they begin with `[#] ` and have no
    /// newlines.
    public List<String> trace(Step step) {
        List<String> lines = new ArrayList<>();
        if (triesKernel && step instanceof Step.StartEngine) {
            // wg-quick tries the kernel first.
            lines.add("[#] ip link add dev " + tunnel.link() + " type wireguard");
            lines.add(UNKNOWN_KIND);
            lines.add(MISSING_MODULE);
        }
        for (String command : new StepCommands(tunnel, tables, false).of(step)) {
            lines.add("[#] " + command);
        }
        return lines;
    }

    /// A whole plan: exact commands with priorities, our protocol number and the text of nftables tables
    /// (indented by two blanks), then the notes as comments. It holds no secrets.
    public List<String> plan(Plan plan) {
        List<String> lines = new ArrayList<>();
        StepCommands commands = new StepCommands(tunnel, tables, true);
        for (Step step : plan.steps()) {
            lines.addAll(commands.of(step));
        }
        for (String note : plan.notes()) {
            lines.add("# " + note);
        }
        return lines;
    }
}
