// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// Resolves names to numbers. The one implementation that asks the system is in the commands; tests have
/// their own.
public interface AddressResolver {
    /// The first address that the system has for `endpoint`. May wait and retry, as the implementation
    /// decides.
    Endpoint.Numeric resolve(Endpoint.Named endpoint) throws ResolveException;

    /// The UDP port of `service`, 0 to 65535.
    int resolve(ListenPort.Service service) throws ResolveException;
}
