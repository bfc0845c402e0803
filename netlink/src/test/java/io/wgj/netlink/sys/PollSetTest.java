// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollSetTest {
    @Test
    void whatWasSignalledIsReadyUntilItIsCleared() throws SystemException {
        try (EventFd one = EventFd.open();
                EventFd two = EventFd.open();
                PollSet set = new PollSet(one.descriptor(), -1, two.descriptor())) {
            assertThat(set.await(0)).isZero();
            two.signal();
            two.signal();
            assertThat(set.await(-1)).isEqualTo(1);
            assertThat(set.isReady(0)).isFalse();
            assertThat(set.isReady(1)).isFalse();
            assertThat(set.isReady(2)).isTrue();
            two.clear();
            assertThat(set.await(0)).isZero();
            two.clear();
            one.signal();
            assertThat(set.await(10)).isEqualTo(1);
        }
    }

    @Test
    void aDescriptorStandsForAnother() throws SystemException {
        try (EventFd place = EventFd.open();
                EventFd signalled = EventFd.open();
                PollSet set = new PollSet(place.descriptor())) {
            signalled.signal();
            UdpSocket.replace(signalled.descriptor(), place.descriptor());
            assertThat(set.await(0)).isEqualTo(1);
        }
    }
}
