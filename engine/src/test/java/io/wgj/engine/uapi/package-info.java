// SPDX-License-Identifier: Apache-2.0
/// Tests of the userspace protocol. Start from [UapiTextTest]; what its tables expect was seen on the
/// original, one canned reply at a time. Knows no running device: those are met in `it-tests`.
@NullMarked
package io.wgj.engine.uapi;

import org.jspecify.annotations.NullMarked;
