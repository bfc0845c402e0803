// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;

/// The metadata of a file, as `stat` returns it.
///
/// @param mode the type and the permissions, as `st_mode`
/// @param userId the owner
/// @param groupId the group
/// @param size in bytes
/// @param inode its number on its device
/// @param device a device file's major number in the upper and minor number in the lower 32 bits; 0 for other
///     files
public record FileStatus(int mode, int userId, int groupId, long size, long inode, long device) {
    private static final int S_IFMT = 0xf000;
    private static final int S_IFIFO = 0x1000;
    private static final int S_IFCHR = 0x2000;
    private static final int S_IFDIR = 0x4000;
    private static final int S_IFREG = 0x8000;
    private static final int S_IFSOCK = 0xc000;

    /// `struct statx` (linux/stat.h), 256 bytes; unlike `struct stat` it is the same on every architecture.
    ///
    ///     0 u32 mask   4 u32 blksize   8 u64 attributes   16 u32 nlink   20 u32 uid   24 u32 gid   28 u16 mode
    ///     32 u64 ino   40 u64 size     128 u32 rdev_major   132 u32 rdev_minor   …
    static final int STATX_SIZE = 256;

    /// Device 1:3, whatever its name (Documentation/admin-guide/devices.txt).
    private static final long NULL_DEVICE = 1L << 32 | 3;

    /// `STATX_BASIC_STATS`
    static final int STATX_MASK = 0x7ff;

    static FileStatus ofStatx(ByteBuffer statx) {
        return new FileStatus(
                statx.getShort(28) & 0xffff,
                statx.getInt(20),
                statx.getInt(24),
                statx.getLong(40),
                statx.getLong(32),
                (long) statx.getInt(128) << 32 | statx.getInt(132));
    }

    /// The permission bits, set-user-id and the like included: the lowest twelve bits of the mode.
    public int permissions() {
        return mode & 0xfff;
    }

    /// Whether it is `/dev/null`.
    public boolean isNullDevice() {
        return isCharacterDevice() && device == NULL_DEVICE;
    }

    public boolean isDirectory() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public boolean isRegular() {
        return (mode & S_IFMT) == S_IFREG;
    }

    public boolean isFifo() {
        return (mode & S_IFMT) == S_IFIFO;
    }

    /// Whether it is a character device, such as a terminal.
    public boolean isCharacterDevice() {
        return (mode & S_IFMT) == S_IFCHR;
    }

    public boolean isSocket() {
        return (mode & S_IFMT) == S_IFSOCK;
    }
}
