// SPDX-License-Identifier: Apache-2.0
/// Tunnels between containers that have the right to administer their own network and no other. Start from
/// [HubAndSpokesTest]; [Node] is a container with the built commands in it. Knows nothing of where the Docker
/// engine comes from: that is `grounds/containers`.
@NullMarked
package io.wgj.it.containers;

import org.jspecify.annotations.NullMarked;
