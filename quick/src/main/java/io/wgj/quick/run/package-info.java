// SPDX-License-Identifier: Apache-2.0
/// Runs plans on this machine: [QuickRun], the type to start from, inspects the host, has the plan made,
/// performs its steps and rolls them back when one fails. Every step is in the journal before it happens.
/// Knows neither command lines nor the text of files.
@NullMarked
package io.wgj.quick.run;

import org.jspecify.annotations.NullMarked;
