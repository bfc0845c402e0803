// SPDX-License-Identifier: Apache-2.0
package jnr.posix;

import jnr.ffi.Runtime;

/// `struct timeval` (sys/time.h): seconds and microseconds, as wide as a C `long`.
public final class DefaultNativeTimeval extends Timeval {
    // jnr-unixsocket reads these fields.
    public final SignedLong tv_sec = new SignedLong();
    public final SignedLong tv_usec = new SignedLong();

    public DefaultNativeTimeval(Runtime runtime) {
        super(runtime);
    }

    @Override
    public void setTime(long[] time) {
        tv_sec.set(time[0]);
        tv_usec.set(time[1]);
    }
}
