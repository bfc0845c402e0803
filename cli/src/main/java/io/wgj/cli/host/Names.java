// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.net.Endpoint;
import java.util.List;

/// One look-up in the system's resolver, without retries.
public interface Names {
    /// The first answer of `getaddrinfo(host, service)` for UDP in any family.
    ///
    /// @param host brackets removed
    /// @param service a number of any size or a service name
    Endpoint.Numeric lookup(String host, String service) throws LookupException;

    /// All answers of `getaddrinfo(host, NULL)` for UDP in any family, in the order of preference (RFC 6724), at
    /// least one. Their ports are 0.
    List<Endpoint.Numeric> addresses(String host) throws LookupException;

    /// The port of the first answer of `getaddrinfo(NULL, service)` for UDP.
    int port(String service) throws LookupException;
}
