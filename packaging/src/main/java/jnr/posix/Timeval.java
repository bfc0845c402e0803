// SPDX-License-Identifier: Apache-2.0
package jnr.posix;

import jnr.ffi.Runtime;
import jnr.ffi.Struct;

/// Takes the place of jnr-posix's class of this name: the signatures of jnr-unixsocket's native functions name
/// it. The whole library would be 0.5 MB for that.
public abstract class Timeval extends Struct {
    protected Timeval(Runtime runtime) {
        super(runtime);
    }

    /// Sets seconds and microseconds.
    public abstract void setTime(long[] time);
}
