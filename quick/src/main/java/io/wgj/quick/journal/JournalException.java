// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

/// A journal cannot be understood, read or written.
public class JournalException extends Exception {
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }
}
