// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// A remark on a value that is accepted but probably a mistake. wg and wg-quick say nothing about it.
///
/// @param text a sentence without a full stop; never a secret
public record Advice(Place place, String text) {}
