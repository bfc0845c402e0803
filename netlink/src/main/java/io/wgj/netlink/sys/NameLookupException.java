// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// The resolver's error. Its message is `gai_strerror`'s (`Name or service not known`), or for [#EAI_SYSTEM]
/// that of the error number.
public final class NameLookupException extends Exception {
    public static final int EAI_NONAME = -2;
    public static final int EAI_FAIL = -4;
    public static final int EAI_NODATA = -5;
    public static final int EAI_SYSTEM = -11;

    private static final long serialVersionUID = 1;
    private final int code;
    private final String text;
    private final transient Errno errno;

    /// @param code an `EAI_` constant, or another negative number of the C library's
    /// @param text `gai_strerror`'s text for `code`
    /// @param errno meaningful for [#EAI_SYSTEM] only
    public NameLookupException(int code, String text, Errno errno) {
        this.code = code;
        this.text = text;
        this.errno = errno;
    }

    /// The reason, as an `EAI_` constant.
    public int code() {
        return code;
    }

    /// `gai_strerror`'s text for the code.
    public String text() {
        return text;
    }

    @Override
    public String getMessage() {
        return code == EAI_SYSTEM ? errno.sentence() : text;
    }
}
