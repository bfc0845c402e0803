// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

/// What runs an interface.
public enum Backend {
    /// The kernel's module.
    KERNEL,
    /// The engine of wgj.
    ENGINE,
    /// Another implementation in userspace.
    USERSPACE
}
