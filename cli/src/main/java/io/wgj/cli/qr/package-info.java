// SPDX-License-Identifier: Apache-2.0
/// `wgj qr`: a client's configuration as a QR code. Start from [QrCommand]; [QrImage] draws what
/// io.nayuki:qrcodegen computes.
@NullMarked
package io.wgj.cli.qr;

import org.jspecify.annotations.NullMarked;
