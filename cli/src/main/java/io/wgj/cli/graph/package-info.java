// SPDX-License-Identifier: Apache-2.0
/// `wgj graph`: a drawing of the tunnels between hosts. Start from [GraphCommand]; [Network] joins what several
/// files and interfaces say by public key, [SvgPicture], [DotText] and [MermaidText] write it. Nothing here
/// holds a secret.
@NullMarked
package io.wgj.cli.graph;

import org.jspecify.annotations.NullMarked;
