// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.quick.text.PlanRenderer;
import java.util.List;

/// What the tests of `up` share: a host, and plans of files for it.
abstract class UpPlanCase {
    static final String BASE = "Address = 10.9.0.1/24;[Peer];AllowedIPs = 10.77.0.0/16;Endpoint = 192.0.2.1:5";
    static final String ALL =
            "Address = 10.9.0.1/24;Address = fd09::1/64;[Peer];AllowedIPs = 0.0.0.0/0, ::/0, 10.5.0.0/16";

    final Host host = new Host();

    List<String> trace(String file) throws PlanException {
        return traceOf(QuickText.of(file));
    }

    List<String> traceOf(QuickText file) throws PlanException {
        return file.trace(file.up(host).steps(), host);
    }

    List<String> routes(String file) throws PlanException {
        return trace(file).stream().filter(line -> line.contains(" route add ")).toList();
    }

    List<String> plan(String file) throws PlanException {
        QuickText text = QuickText.of(file);
        return new PlanRenderer(text.tunnel(), host.snapshot().tables()).plan(text.up(host));
    }

    void refused(String file, int exitCode, String message) {
        assertThatThrownBy(() -> QuickText.of(file).up(host))
                .isInstanceOfSatisfying(
                        PlanException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessage(message);
    }
}
