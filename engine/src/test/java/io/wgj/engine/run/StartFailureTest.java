// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {
    @ParameterizedTest
    @CsvSource({
        "open,  2,  there is no /dev/net/tun",
        "open,  19, there is no /dev/net/tun",
        "ioctl, 1,  an engine needs root or CAP_NET_ADMIN",
        "open,  13, an engine needs root or CAP_NET_ADMIN",
        "ioctl, 16, an interface of this name exists already",
        "ioctl, 22, an interface of this name exists already",
        "bind,  98, the port is in use",
        "read,  5,  read: Input/output error (EIO)"
    })
    void givesTheFailureAndWhatToDo(String operation, int errno, String part) {
        String sentence = StartFailure.of("wg0", new SystemException(operation, new Errno(errno)))
                .sentence();

        assertThat(sentence).startsWith("wg0: ").contains(part).doesNotContain("\n");
    }
}
