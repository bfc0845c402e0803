// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// Something that is accepted and probably not meant. Our own words: the original says nothing here.
///
/// @param text a sentence without a full stop; never a secret
public record Advice(Place place, String text) {}
