// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// A value and where it was written, for what can only be judged later (a name that no resolver knows).
public record Located<T>(Place place, T value) {}
