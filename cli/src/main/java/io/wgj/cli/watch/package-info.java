// SPDX-License-Identifier: Apache-2.0
/// `wgj watch`: a live table of peers. Start from [WatchCommand]. A [StatusFeed] samples, [PeerTable] keeps
/// what the samples say, [WatchView] is what the keys chose, and [Frame] makes text of a given size of both.
/// Only [TerminalScreen] knows the terminal.
@NullMarked
package io.wgj.cli.watch;

import org.jspecify.annotations.NullMarked;
