// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.ReferenceTool;
import io.wgj.netlink.sys.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules that nft(8) has made, and which of them drop what.
@Tag("namespace")
class DropRulesNamespaceTest {
    private static final String RULES = """
        add table inet f
        add chain inet f in { type filter hook input priority 0; }
        add chain inet f out { type filter hook output priority 0; policy drop; }
        add chain inet f through { type filter hook forward priority 0; }
        add chain inet f more
        add chain inet f lost
        add rule inet f in udp dport 1 accept
        add rule inet f in udp dport 2 counter packets 7 bytes 700 drop
        add rule inet f in jump more
        add rule inet f more udp dport 3 reject
        add rule inet f through udp dport 4 drop
        add rule inet f lost counter drop
        """;

    @TempDir
    private Path folder;

    @Test
    void countersAndWaysOfRulesThatDrop() throws Exception {
        Path script = Files.writeString(folder.resolve("rules.nft"), RULES);
        DropRules found = Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            ReferenceTool.output(List.of("nft", "-f", script.toString()));
            try (Nftables nftables = Nftables.open().orElseThrow()) {
                return nftables.dropRules();
            }
        });
        assertThat(found.policyIn()).isFalse();
        assertThat(found.policyOut()).isTrue();
        assertThat(found.rules()).extracting(DropRule::table).containsOnly("inet f");
        assertThat(found.rules()).hasSize(4);
        DropRule counted = rule(found, "in");
        assertThat(counted.packets()).isEqualTo(OptionalLong.of(7));
        assertThat(counted.in()).isTrue();
        assertThat(counted.out()).isFalse();
        DropRule jumped = rule(found, "more");
        assertThat(jumped.packets()).isEmpty();
        assertThat(jumped.in()).isTrue();
        assertThat(jumped.out()).isFalse();
        DropRule forward = rule(found, "through");
        assertThat(forward.in() || forward.out()).isFalse();
        DropRule unreached = rule(found, "lost");
        assertThat(unreached.in() && unreached.out()).isTrue();
    }

    private static DropRule rule(DropRules rules, String chain) {
        return rules.rules().stream()
                .filter(rule -> rule.chain().equals(chain))
                .findFirst()
                .orElseThrow();
    }
}
