// SPDX-License-Identifier: Apache-2.0
/// The types for IP families, addresses, prefixes, endpoints, ports and interface names that every module
/// uses. Start from [IpPrefix] and [Endpoint]. Knows no resolver, socket or interface table: names stay names
/// until an [AddressResolver] is asked.
@NullMarked
package io.wgj.config.net;

import org.jspecify.annotations.NullMarked;
