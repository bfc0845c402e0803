// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

/// A journal that makes no sense, or cannot be read or written.
class JournalException extends Exception {
    private static final long serialVersionUID = 1;

    JournalException(String message) {
        super(message);
    }
}
