// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/// The cases that only a kernel with the WireGuard module has, and some of the others once more with its device. Under
/// emulation a row takes seconds, so not all of them.
@Tag("kernel")
class QuickKernelTest extends QuickCaseSuite {
    private static final Set<String> ONCE_MORE =
            Set.of("Q01", "Q03", "Q05", "Q10", "Q13", "Q16", "Q30", "Q35", "Q37", "Q44", "R01");

    @Override
    List<QuickCase> rows() {
        List<QuickCase> rows = new ArrayList<>(List.of(
                row("Q38", "a name that no link can have is no missing module", """
                                tunnel .; state; quick up .; state
                                """)
                        .exits(1)
                        .lacks("Falling back")
                        .inOwnWords(),
                row("Q45", "a port that is taken", """
                                tunnel wg0 'ListenPort = 7000'; address=10.10.0.1/24 allowed=10.78.0.0/16 tunnel wg1 'ListenPort = 7000'
                                quick up wg0; state; quick up wg1; state
                                """)
                        .exits(0, 2)
                        .shows(
                                "err| [#] ip link set mtu 1320 up dev wg1",
                                "err| RTNETLINK answers: Address already in use",
                                "err| [#] ip link delete dev wg1")));
        Stream.of(new QuickUpTest(), new QuickDefaultRouteTest(), new QuickFailuresTest(), new QuickSaveTest())
                .flatMap(suite -> suite.rows().stream())
                .filter(row -> ONCE_MORE.contains(row.ids().getFirst()))
                .forEach(rows::add);
        return rows;
    }
}
