// SPDX-License-Identifier: Apache-2.0
/// Does on this machine what `io.wgj.quick.plan` plans: [QuickRun], the type to start from, looks at the
/// system, has the plan made, performs its steps and takes them back when one fails. Every step is in a
/// [Journal] before it happens. Knows neither command lines nor the text of files.
@NullMarked
package io.wgj.quick.run;

import org.jspecify.annotations.NullMarked;
