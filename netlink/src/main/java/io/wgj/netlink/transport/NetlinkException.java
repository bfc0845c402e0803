// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A failed netlink request: the operation, the error number, and the kernel's own sentence if it sent one.
public final class NetlinkException extends Exception {
    private static final long serialVersionUID = 1;
    private final String operation;
    private final transient Errno errno;
    private final @Nullable String kernelMessage;
    private final int offset;
    private final @Nullable String missingLink;

    private NetlinkException(
            String operation, int errno, @Nullable String kernelMessage, int offset, @Nullable Throwable cause) {
        super(null, cause);
        this.operation = operation;
        this.errno = new Errno(errno);
        this.kernelMessage = kernelMessage;
        this.offset = offset;
        this.missingLink = null;
    }

    private NetlinkException(NetlinkException same, String missingLink) {
        super(null, same.getCause());
        this.operation = same.operation;
        this.errno = same.errno;
        this.kernelMessage = same.kernelMessage;
        this.offset = same.offset;
        this.missingLink = missingLink;
    }

    /// A refusal by the kernel.
    static NetlinkException refused(String operation, ErrorReply reply) {
        return new NetlinkException(operation, reply.errno(), reply.kernelMessage(), reply.offset(), null);
    }

    /// A failure of the socket.
    public static NetlinkException of(String operation, SystemException cause) {
        return new NetlinkException(operation, cause.errno().number(), null, -1, cause);
    }

    /// An answer that cannot be parsed: `EINVAL`, as wg reports it.
    public static NetlinkException of(String operation, MalformedMessageException cause) {
        return new NetlinkException(operation, Errno.EINVAL, null, -1, cause);
    }

    /// The kernel acknowledged the request but ignored a part of it: `EOPNOTSUPP`.
    public static NetlinkException unsupported(String operation) {
        return new NetlinkException(operation, Errno.EOPNOTSUPP, null, -1, null);
    }

    /// wgj gave up for a reason that is no error of the kernel.
    static NetlinkException gaveUp(String operation, int errno, String why) {
        return new NetlinkException(operation, errno, null, -1, new IllegalStateException(why));
    }

    /// The kernel acknowledged a query without answering it: `EINVAL`, as for answers that cannot be parsed.
    public static NetlinkException unanswered(String operation) {
        return of(operation, new MalformedMessageException("the kernel acknowledged without an answer"));
    }

    /// The same error as a missing link of this name. `ENODEV` alone does not say so: the kernel also answers
    /// it for a link that does not carry IPv6, for example.
    public NetlinkException forMissingLink(String name) {
        return new NetlinkException(this, name);
    }

    /// The name of the link that does not exist; empty when the failure has another cause.
    public Optional<String> missingLink() {
        return Optional.ofNullable(missingLink);
    }

    /// The operation that failed, such as `get device`.
    public String operation() {
        return operation;
    }

    /// The error number.
    public Errno errno() {
        return errno;
    }

    /// The kernel's sentence (extended acknowledgement).
    public Optional<String> kernelMessage() {
        return Optional.ofNullable(kernelMessage);
    }

    /// The offset in the request, in bytes from its netlink header, of the part that the kernel refused.
    public OptionalInt offset() {
        return offset < 0 ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    /// Whether the kernel's answer was malformed, not our request.
    public boolean isMalformedReply() {
        return getCause() instanceof MalformedMessageException;
    }

    /// The text beyond the error number: the kernel's sentence, or the fault of the answer.
    public Optional<String> detail() {
        if (kernelMessage != null) {
            return Optional.of(kernelMessage);
        }
        Throwable cause = getCause();
        return cause == null || cause instanceof SystemException
                ? Optional.empty()
                : Optional.ofNullable(cause.getMessage());
    }

    @Override
    public String getMessage() {
        return operation + ": " + errno + detail().map(text -> ": " + text).orElse("");
    }
}
