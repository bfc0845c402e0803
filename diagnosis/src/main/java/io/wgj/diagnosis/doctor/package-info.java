// SPDX-License-Identifier: Apache-2.0
/// Decides why a tunnel does not work. [io.wgj.diagnosis.doctor.Diagnosis] turns facts into a verdict and asks
/// nothing; [io.wgj.diagnosis.doctor.Observer] collects the facts of this host. The package knows no command.
@NullMarked
package io.wgj.diagnosis.doctor;

import org.jspecify.annotations.NullMarked;
