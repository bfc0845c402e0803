// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A netlink request that failed: what was wanted, the error number, and the kernel's own words where it
/// gave any.
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

    /// The kernel refused.
    static NetlinkException refused(String operation, ErrorReply reply) {
        return new NetlinkException(operation, reply.errno(), reply.kernelMessage(), reply.offset(), null);
    }

    /// The socket failed.
    public static NetlinkException of(String operation, SystemException cause) {
        return new NetlinkException(operation, cause.errno().number(), null, -1, cause);
    }

    /// The answer made no sense: `EINVAL`, as the reference reports it.
    public static NetlinkException of(String operation, MalformedMessageException cause) {
        return new NetlinkException(operation, Errno.EINVAL, null, -1, cause);
    }

    /// The kernel said yes and did less than it was asked to: `EOPNOTSUPP`.
    public static NetlinkException unsupported(String operation) {
        return new NetlinkException(operation, Errno.EOPNOTSUPP, null, -1, null);
    }

    /// We gave up, for a reason that is no error of the kernel's.
    static NetlinkException gaveUp(String operation, int errno, String why) {
        return new NetlinkException(operation, errno, null, -1, new IllegalStateException(why));
    }

    /// The kernel acknowledged a question without answering it: `EINVAL`, as for answers that make no sense.
    public static NetlinkException unanswered(String operation) {
        return of(operation, new MalformedMessageException("the kernel acknowledged without an answer"));
    }

    /// The same, where it means that there is no link of that name: `ENODEV` alone does not say so, since the kernel
    /// also answers it for a link that does not carry IPv6, for example.
    public NetlinkException forMissingLink(String name) {
        return new NetlinkException(this, name);
    }

    /// The name of the link that does not exist; empty when the failure has another cause.
    public Optional<String> missingLink() {
        return Optional.ofNullable(missingLink);
    }

    /// What was wanted, such as `get device`.
    public String operation() {
        return operation;
    }

    /// Why it failed.
    public Errno errno() {
        return errno;
    }

    /// The kernel's sentence (extended acknowledgement).
    public Optional<String> kernelMessage() {
        return Optional.ofNullable(kernelMessage);
    }

    /// Where in the request, in bytes from its netlink header, the kernel found what it refused.
    public OptionalInt offset() {
        return offset < 0 ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    /// Whether the kernel's answer, not our request, was wrong.
    public boolean isMalformedReply() {
        return getCause() instanceof MalformedMessageException;
    }

    /// More than the number says: the kernel's sentence, or what was wrong with the answer.
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
