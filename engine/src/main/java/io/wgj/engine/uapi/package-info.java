// SPDX-License-Identifier: Apache-2.0
/// WireGuard devices that live in a process and answer on a Unix socket, seen from the caller: the text they speak
/// ([UapiText]), one such device ([UapiDevice], the type to start from), and which of them there are ([UapiSockets]).
/// Knows nothing of files, of names that need a resolver, or of what commands print.
@NullMarked
package io.wgj.engine.uapi;

import org.jspecify.annotations.NullMarked;
