// SPDX-License-Identifier: Apache-2.0
/// WireGuard devices that live in a process and answer on a Unix socket, both ends of it: the text they speak
/// ([UapiText]), one such device seen from a client ([UapiDevice], the type to start from) and which of them there are
/// ([UapiSockets]); and the server ([UapiServer]) with its socket's file ([SocketFile]) for whatever is a
/// [ServedDevice]. Knows nothing of files, of names that need a resolver, of packets, or of what commands print.
@NullMarked
package io.wgj.engine.uapi;

import org.jspecify.annotations.NullMarked;
