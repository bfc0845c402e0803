// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// Turns names into numbers. The one implementation that asks the system lives with the commands; tests have
/// their own.
public interface AddressResolver {
    /// The first address the system knows for `endpoint`. May wait and try again, as its own rules say.
    Endpoint.Numeric resolve(Endpoint.Named endpoint) throws ResolveException;

    /// The UDP port of `service`, 0 to 65535.
    int resolve(ListenPort.Service service) throws ResolveException;
}
