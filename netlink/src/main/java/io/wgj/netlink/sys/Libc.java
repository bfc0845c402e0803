// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// The table of C functions that this package calls, each with its declaration. An entry costs nothing until
/// its first call.
final class Libc {
    // Files

    /// `int open(const char *path, int flags, mode_t mode)`
    static final CFunction OPEN = new CFunction("open");
    /// `ssize_t read(int fd, void *buffer, size_t length)`
    static final CFunction READ = new CFunction("read");
    /// `ssize_t write(int fd, const void *buffer, size_t length)`
    static final CFunction WRITE = new CFunction("write");
    /// `int close(int fd)`
    static final CFunction CLOSE = new CFunction("close");
    /// `int statx(int dirfd, const char *path, int flags, unsigned int mask, struct statx *buffer)`
    static final CFunction STATX = new CFunction("statx");
    /// `int unlink(const char *path)`
    static final CFunction UNLINK = new CFunction("unlink");
    /// `int mkdir(const char *path, mode_t mode)`
    static final CFunction MKDIR = new CFunction("mkdir");
    /// `int lchown(const char *path, uid_t owner, gid_t group)`
    static final CFunction LCHOWN = new CFunction("lchown");
    /// `int chmod(const char *path, mode_t mode)`
    static final CFunction CHMOD = new CFunction("chmod");
    /// `int flock(int fd, int operation)`
    static final CFunction FLOCK = new CFunction("flock");
    /// `ssize_t getdents64(int fd, void *buffer, size_t length)`
    static final CFunction GETDENTS64 = new CFunction("getdents64");
    /// `mode_t umask(mode_t mask)`
    static final CFunction UMASK = new CFunction("umask");
    /// `int isatty(int fd)`
    static final CFunction ISATTY = new CFunction("isatty");
    /// `int raise(int signal)`
    static final CFunction RAISE = new CFunction("raise");
    /// `int fcntl(int fd, int operation, int argument)`
    static final CFunction FCNTL = new CFunction("fcntl");

    /// `int link(const char *existing, const char *further)`
    static final CFunction LINK = new CFunction("link");
    /// `int rename(const char *from, const char *to)`
    static final CFunction RENAME = new CFunction("rename");
    /// `ssize_t readlink(const char *path, char *buffer, size_t length)`
    static final CFunction READLINK = new CFunction("readlink");
    /// `int fsync(int fd)`
    static final CFunction FSYNC = new CFunction("fsync");
    /// `char *realpath(const char *path, char *resolved)`
    static final CFunction REALPATH = new CFunction("realpath");

    // Sockets

    /// `int socket(int domain, int type, int protocol)`
    static final CFunction SOCKET = new CFunction("socket");
    /// `int socketpair(int domain, int type, int protocol, int pair[2])`
    static final CFunction SOCKETPAIR = new CFunction("socketpair");
    /// `int bind(int fd, const struct sockaddr *address, socklen_t length)`
    static final CFunction BIND = new CFunction("bind");
    /// `int connect(int fd, const struct sockaddr *address, socklen_t length)`
    static final CFunction CONNECT = new CFunction("connect");
    /// `int getsockname(int fd, struct sockaddr *address, socklen_t *length)`
    static final CFunction GETSOCKNAME = new CFunction("getsockname");
    /// `int setsockopt(int fd, int level, int name, const void *value, socklen_t length)`
    static final CFunction SETSOCKOPT = new CFunction("setsockopt");
    /// `int getsockopt(int fd, int level, int name, void *value, socklen_t *length)`
    static final CFunction GETSOCKOPT = new CFunction("getsockopt");
    /// `ssize_t send(int fd, const void *buffer, size_t length, int flags)`
    static final CFunction SEND = new CFunction("send");
    /// `ssize_t recv(int fd, void *buffer, size_t length, int flags)`
    static final CFunction RECV = new CFunction("recv");
    /// `ssize_t recvmsg(int fd, struct msghdr *message, int flags)`
    static final CFunction RECVMSG = new CFunction("recvmsg");
    /// `int poll(struct pollfd *fds, nfds_t count, int timeout)`
    static final CFunction POLL = new CFunction("poll");

    /// `ssize_t sendmsg(int fd, const struct msghdr *message, int flags)`
    static final CFunction SENDMSG = new CFunction("sendmsg");
    /// `int ioctl(int fd, unsigned long request, void *argument)`
    static final CFunction IOCTL = new CFunction("ioctl");
    /// `int eventfd(unsigned int value, int flags)`
    static final CFunction EVENTFD = new CFunction("eventfd");
    /// `int dup3(int from, int to, int flags)`
    static final CFunction DUP3 = new CFunction("dup3");

    // Names

    /// `int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo
    /// **result)`
    static final CFunction GETADDRINFO = new CFunction("getaddrinfo");
    /// `void freeaddrinfo(struct addrinfo *result)`
    static final CFunction FREEADDRINFO = new CFunction("freeaddrinfo");
    /// `const char *gai_strerror(int code)`
    static final CFunction GAI_STRERROR = new CFunction("gai_strerror");
    /// `int getgroups(int size, gid_t list[])`
    static final CFunction GETGROUPS = new CFunction("getgroups");
    /// `int setgroups(size_t size, const gid_t *list)`, of all threads
    static final CFunction SETGROUPS = new CFunction("setgroups");
    /// `struct group *getgrnam(const char *name)`
    static final CFunction GETGRNAM = new CFunction("getgrnam");
    /// `unsigned int if_nametoindex(const char *name)`
    static final CFunction IF_NAMETOINDEX = new CFunction("if_nametoindex");
    /// `char *if_indextoname(unsigned int index, char *name)`
    static final CFunction IF_INDEXTONAME = new CFunction("if_indextoname");

    // The process and its thread

    /// `int clock_gettime(clockid_t clock, struct timespec *time)`
    static final CFunction CLOCK_GETTIME = new CFunction("clock_gettime");

    /// `ssize_t getrandom(void *buffer, size_t length, unsigned int flags)`
    static final CFunction GETRANDOM = new CFunction("getrandom");
    /// `uid_t getuid(void)`
    static final CFunction GETUID = new CFunction("getuid");
    /// `uid_t geteuid(void)`
    static final CFunction GETEUID = new CFunction("geteuid");
    /// `int execve(const char *path, char *const words[], char *const environment[])`
    static final CFunction EXECVE = new CFunction("execve");
    /// `char **environ`: a variable, but looked up like a function
    static final CFunction ENVIRON = new CFunction("environ");
    /// `void _exit(int code)`, of all threads
    static final CFunction EXIT = new CFunction("_exit");
    /// `pid_t setsid(void)`
    static final CFunction SETSID = new CFunction("setsid");
    /// `void (*signal(int number, void (*handler)(int)))(int)`
    static final CFunction SIGNAL = new CFunction("signal");
    /// `int unshare(int flags)`
    static final CFunction UNSHARE = new CFunction("unshare");
    /// `int setns(int fd, int type)`
    static final CFunction SETNS = new CFunction("setns");
    /// `int mount(const char *source, const char *target, const char *type, unsigned long flags, const void
    /// *data)`
    static final CFunction MOUNT = new CFunction("mount");

    // Other programs

    /// `int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const
    /// posix_spawnattr_t *attributes, char *const words[], char *const environment[])`, which returns its error
    /// number
    static final CFunction SPAWN = new CFunction("posix_spawn");
    /// `int posix_spawnattr_init(posix_spawnattr_t *attributes)`
    static final CFunction SPAWN_ATTRIBUTES_INIT = new CFunction("posix_spawnattr_init");
    /// `int posix_spawnattr_destroy(posix_spawnattr_t *attributes)`
    static final CFunction SPAWN_ATTRIBUTES_DESTROY = new CFunction("posix_spawnattr_destroy");
    /// `int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags)`
    static final CFunction SPAWN_SET_FLAGS = new CFunction("posix_spawnattr_setflags");
    /// `int posix_spawnattr_setsigmask(posix_spawnattr_t *attributes, const sigset_t *mask)`
    static final CFunction SPAWN_SET_SIGMASK = new CFunction("posix_spawnattr_setsigmask");
    /// `int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)`
    static final CFunction SPAWN_ACTIONS_INIT = new CFunction("posix_spawn_file_actions_init");
    /// `int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)`
    static final CFunction SPAWN_ACTIONS_DESTROY = new CFunction("posix_spawn_file_actions_destroy");
    /// `int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int to)`
    static final CFunction SPAWN_ADD_DUP2 = new CFunction("posix_spawn_file_actions_adddup2");
    /// `int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)`
    static final CFunction SPAWN_ADD_CLOSE = new CFunction("posix_spawn_file_actions_addclose");
    /// `int pipe2(int pair[2], int flags)`
    static final CFunction PIPE2 = new CFunction("pipe2");
    /// `int waitid(idtype_t type, id_t id, siginfo_t *information, int options)`
    static final CFunction WAITID = new CFunction("waitid");
    /// `int kill(pid_t pid, int signal)`
    static final CFunction KILL = new CFunction("kill");

    // Serving on a Unix socket, and being a daemon

    /// `int listen(int fd, int backlog)`
    static final CFunction LISTEN = new CFunction("listen");
    /// `int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags)`
    static final CFunction ACCEPT4 = new CFunction("accept4");
    /// `int shutdown(int fd, int how)`
    static final CFunction SHUTDOWN = new CFunction("shutdown");
    /// `int dup2(int from, int to)`
    static final CFunction DUP2 = new CFunction("dup2");
    /// `int capset(struct __user_cap_header_struct *header, const struct __user_cap_data_struct *data)`
    static final CFunction CAPSET = new CFunction("capset");
    /// `int prctl(int operation, unsigned long a, unsigned long b, unsigned long c, unsigned long d)`
    static final CFunction PRCTL = new CFunction("prctl");
    /// `int inotify_init1(int flags)`
    static final CFunction INOTIFY_INIT1 = new CFunction("inotify_init1");
    /// `int inotify_add_watch(int fd, const char *path, uint32_t mask)`
    static final CFunction INOTIFY_ADD_WATCH = new CFunction("inotify_add_watch");

    private Libc() {}
}
