// SPDX-License-Identifier: Apache-2.0
/// Addresses, prefixes, endpoints and interface names as values. Start from [IpPrefix] and [Endpoint]. Knows no
/// resolver, no socket and no interface table: names stay names until [AddressResolver] is asked.
@NullMarked
package io.wgj.config.net;

import org.jspecify.annotations.NullMarked;
