// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

/// One statistic of an engine beyond the common protocol: a choice it made, a counter, or a setting of
/// [EngineOptions].
///
/// @param name what follows `wgj_` in the reply: lower-case letters, digits and `_`; or `public_key`, which
///     starts the statistics of one peer
/// @param value without line breaks
public record EngineStat(String name, String value) {
    /// `yes` when the link is up and the engine listens on its port, else `no`.
    public static final String LISTENING = "listening";

    /// The errno with which binding the port failed when the link went up; the engine tries again every
    /// second.
    public static final String LISTEN_ERRNO = "listen_errno";

    /// Throws `IllegalArgumentException` for what would break the reply.
    public EngineStat {
        if (name.indexOf('=') >= 0 || name.indexOf('\n') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not one line: " + name);
        }
    }
}
