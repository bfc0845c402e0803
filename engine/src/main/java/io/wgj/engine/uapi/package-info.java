// SPDX-License-Identifier: Apache-2.0
/// WireGuard devices in userspace processes, which answer on a Unix socket. Client side: the protocol's text
/// ([UapiText]), one device ([UapiDevice], the type to start from) and the list of devices ([UapiSockets]).
/// Server side: [UapiServer] with its socket's file ([SocketFile]) for any [ServedDevice]. Knows no files, no
/// names that need a resolver, no packets, and nothing that commands print.
@NullMarked
package io.wgj.engine.uapi;

import org.jspecify.annotations.NullMarked;
