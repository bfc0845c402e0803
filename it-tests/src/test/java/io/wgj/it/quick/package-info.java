// SPDX-License-Identifier: Apache-2.0
/// What `wgj-quick` does in namespaces of its own. [io.wgj.it.quick.IpWordsNamespaceTest] holds the words of routes and
/// rules against ip(8). Knows no command of ours yet.
@NullMarked
package io.wgj.it.quick;

import org.jspecify.annotations.NullMarked;
