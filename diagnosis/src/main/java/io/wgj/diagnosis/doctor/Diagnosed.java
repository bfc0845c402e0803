// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

/// A verdict with the facts that it rests on.
public record Diagnosed(Facts facts, Verdict verdict) {}
