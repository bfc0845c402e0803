// SPDX-License-Identifier: Apache-2.0
/// IP packets as bytes in arrays: the TUN's virtio-net header, checksums, cutting a large packet into
/// segments ([Segmenter], on the way out) and joining segments into a large packet ([Merger], on the way in).
/// Start from those two. Nothing here allocates after construction, and nothing knows WireGuard, descriptors
/// or threads.
@NullMarked
package io.wgj.engine.packet;

import org.jspecify.annotations.NullMarked;
