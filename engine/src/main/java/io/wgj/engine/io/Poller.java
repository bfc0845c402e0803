// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.EventFd;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import java.util.Arrays;

/// Sleeps in poll(2) over any number of descriptors and an eventfd of its own.
public final class Poller implements Waiter {
    private final EventFd wakeUp;
    private final PollSet set;
    private final int wakeUpPlace;

    private Poller(EventFd wakeUp, int[] descriptors) {
        this.wakeUp = wakeUp;
        this.set = new PollSet(descriptors);
        this.wakeUpPlace = descriptors.length - 1;
    }

    /// @param descriptors of [Tun#descriptor], [UdpSockets#descriptor4], …; a negative one is never ready
    public static Poller over(int... descriptors) throws SystemException {
        EventFd wakeUp = EventFd.open();
        int[] all = Arrays.copyOf(descriptors, descriptors.length + 1);
        all[descriptors.length] = wakeUp.descriptor();
        return new Poller(wakeUp, all);
    }

    @Override
    public void await(int timeoutMillis) {
        if (set.await(timeoutMillis) > 0 && set.isReady(wakeUpPlace)) {
            wakeUp.clear();
        }
    }

    /// Whether the last [#await] found the descriptor at this place, counted from 0, readable or failed.
    public boolean isReady(int place) {
        return set.isReady(place);
    }

    @Override
    public void wake() {
        wakeUp.signal();
    }

    @Override
    public void close() {
        set.close();
        wakeUp.close();
    }
}
