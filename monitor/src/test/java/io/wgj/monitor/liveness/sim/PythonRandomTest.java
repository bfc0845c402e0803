// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// The values are what Python 3.11 prints for the same calls after `random.seed(421)`.
class PythonRandomTest {
    @Test
    void repeatsPythonsNumbers() {
        PythonRandom random = new PythonRandom(421);
        assertThat(random.random()).isEqualTo(0.6544398189618225);
        assertThat(random.uniform(-.2, .2)).isEqualTo(0.044521880908102274);
        assertThat(random.exponential(1 / 90.0)).isEqualTo(180.75176430345857, within(1e-12));
        int[] choices = new int[8];
        for (int i = 0; i < choices.length; i++) {
            choices[i] = random.below(11);
        }
        assertThat(choices).containsExactly(7, 10, 7, 4, 5, 8, 7, 6);
        for (int i = 0; i < 10_000; i++) {
            random.random();
        }
        assertThat(random.random()).isEqualTo(0.6934205946288079);
    }
}
