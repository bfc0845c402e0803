// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import org.junit.jupiter.api.Test;

/// `set … private-key KEY`, where the path of a file belongs.
class KeyGivenAsPathTest {
    private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    @Test
    void theKeyIsNotRepeated() {
        Ran ran = Ran.wgj(new MemoryHost(), "set", "m0", "private-key", KEY);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("fopen: No such file or directory\nwgj: (hidden): ")
                .doesNotContain(KEY);
    }
}
