# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash disable=SC2154
# What the launchers share: finding a Java (wgj_find_java) and becoming the command (wgj_become "$@"). A launcher
# sources this file with wgj_lib= the folder of jar and archives, and wgj_bin= the folder of the commands. In an image this
# file begins with flags.sh. sh runs wgj (it is often dash, which starts faster), bash runs wgj-quick. Every call of every
# command passes here, so the usual path has only builtins and no subshell. All names start with wgj_: a variable of the
# caller's with one of them would reach hooks changed.

# No variable of ours and no shell option comes from the caller. A star in PATH or in an option is no pattern.
set -f +aeu
unset wgj_archive wgj_bytes wgj_dir wgj_invoked wgj_foreground wgj_group wgj_heap wgj_java wgj_kept wgj_key wgj_limit wgj_offset \
    wgj_prefix wgj_prog wgj_said wgj_signals wgj_sizes wgj_value wgj_value2 wgj_version wgj_word WGJ_READY_FD WGJ_DROPPED

# A user of sudo must not choose root's Java or its options.
if [ -n "${SUDO_UID-}" ]; then
    unset WGJ_JAVA_HOME WGJ_JAVA_OPTS JAVA_HOME
fi
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH _JAVA_LAUNCHER_DEBUG _JAVA_SR_SIGNUM

# Whether $1 is the home of a Java 25 or later, by its release file: running `java -version` would cost a JVM.
wgj_is_new_enough() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r wgj_key wgj_version; do
        if [ "$wgj_key" = JAVA_VERSION ]; then
            wgj_version=${wgj_version#'"'}
            wgj_version=${wgj_version%%[!0-9]*}
            [ "${wgj_version:-0}" -ge 25 ]
            return
        fi
    done <"$1/release"
    return 1
}

# Sets wgj_java to the home of the Java to use, or ends with a sentence.
wgj_find_java() {
    if [ -n "${WGJ_JAVA_HOME-}" ]; then
        wgj_java=$WGJ_JAVA_HOME
        ! wgj_is_new_enough "$wgj_java" || return 0
        echo "wgj: WGJ_JAVA_HOME: $wgj_java is not the home of a Java 25 or later; point it at one, or unset it" >&2
        exit 1
    fi
    # The Java that made the archives.
    if [ -r "$wgj_lib/java-home" ] && read -r wgj_java <"$wgj_lib/java-home" && [ -x "$wgj_java/bin/java" ]; then
        return 0
    fi
    set +f
    for wgj_java in "${JAVA_HOME-}" /usr/lib/jvm/*; do
        ! wgj_is_new_enough "$wgj_java" || return 0
    done
    set -f
    if wgj_java=$(command -v java) && wgj_java=$(readlink -f "$wgj_java"); then
        wgj_java=${wgj_java%/bin/java}
        ! wgj_is_new_enough "$wgj_java" || return 0
    fi
    echo "wgj: java: no Java 25 or later in JAVA_HOME, /usr/lib/jvm or PATH;" \
        "install one (openjdk-25-jdk) or set WGJ_JAVA_HOME to its home" >&2
    exit 1
}

# Sets wgj_invoked to the command's own name, and wgj_prog to its name in messages. The kernel hands a script its path even
# when it was called by name. Messages have the word that was typed: the base name if a search of PATH finds this path,
# else the path.
wgj_find_name() {
    wgj_invoked=${0##*/}
    wgj_prog=$0
    IFS=:
    for wgj_dir in ${PATH-}; do
        if [ -x "$wgj_dir/$wgj_invoked" ] && [ -f "$wgj_dir/$wgj_invoked" ]; then
            [ "$wgj_dir/$wgj_invoked" != "$0" ] || wgj_prog=$wgj_invoked
            break
        fi
    done
    unset IFS
    case $wgj_invoked in
        wg | wg-quick | wgj-quick | wgj-engine) ;;
        *) wgj_invoked=wgj ;;
    esac
}

# A JVM, unlike a C program, needs descriptors 0 to 2 and an existing current directory. Otherwise the first files that it
# opens would take the place of closed descriptors. A closed one is opened the wrong way round, so using it still fails.
wgj_make_room() {
    true 2>/dev/null 9<&0 || exec 0>/dev/null
    true 2>/dev/null 9>&1 || exec 1</dev/null
    true 2>/dev/null 9>&2 || exec 2</dev/null
    if [ -z "${PWD-}" ] || ! { [ . -ef "$PWD" ] || pwd -P >/dev/null 2>&1; }; then
        cd /
    fi
}

# The sum of a package's archives and jar, which `stage' puts here; nothing in an image.
wgj_archives=

# Sets wgj_verify to the option with which the JVM compares an archive's checksums, or does not. Root compares a package's
# archives with their sums once after each boot or upgrade, and notes the result in /run/wgj. The JVM's comparison and that
# of an archive's end cost every call 7 ms (docs/decisions/008-damaged-archives.md). /run/wgj may be open to everybody, with
# the sticky bit: no link is followed, and only root's own file counts.
wgj_find_verify() {
    wgj_verify=-XX:+VerifySharedSpaces
    wgj_noted=
    [ -n "$wgj_archives" ] && [ -O /run/wgj ] || return 0
    if ! { [ -f /run/wgj/archives ] && [ -O /run/wgj/archives ] && read -r wgj_noted </run/wgj/archives; }; then
        wgj_noted=
    fi
    case $wgj_noted in
        "whole $wgj_archives" | "damaged $wgj_archives") ;;
        *) wgj_note_archives ;;
    esac 2>/dev/null
    [ "$wgj_noted" != "whole $wgj_archives" ] || wgj_verify=-XX:-VerifySharedSpaces
}
wgj_note_archives() {
    command -v sha256sum >/dev/null || return 0
    wgj_noted="damaged $wgj_archives"
    (cd "$wgj_lib" && sha256sum --status -c archives.sha256) && wgj_noted="whole $wgj_archives"
    (umask 022 && rm -f /run/wgj/archives && set -C && echo "$wgj_noted" >/run/wgj/archives) || :
}

# Sets wgj_archive to the option that names the class archive $1.
wgj_use_archive() {
    wgj_archive=-XX:SharedArchiveFile=$wgj_lib/$1.jsa
}

# Does the same after comparing the archive's end with its copy, and sets wgj_archive to nothing when they differ. A JVM that
# finds damage there exits before main (docs/decisions/008-damaged-archives.md); without the archive it starts, only slower. On
# a machine without cmp nothing is compared.
wgj_use_checked_archive() {
    wgj_use_archive "$1"
    [ "$wgj_verify" = -XX:+VerifySharedSpaces ] || return 0
    wgj_offset=none
    [ ! -r "$wgj_lib/$1.offset" ] || read -r wgj_offset <"$wgj_lib/$1.offset" || :
    cmp -s "$wgj_lib/$1.jsa" "$wgj_lib/$1.end" "$wgj_offset" 2>/dev/null
    case $? in
        0 | 127) ;;
        *) wgj_archive= ;;
    esac
}

# Becomes the command with the words "$@". It stays the same process, so pid, signals and exit status are the command's own.
#
# The flags were chosen by measurement (./bench start-up, ./bench quick, docs/benchmarks.md):
# - C1 alone, for the hottest methods, and a small heap, since a short command lives for milliseconds. wgj-quick may handle
#   ten thousand routes: it compiles every hot method and has room for garbage.
# - The archive is mapped at the address that it was made for: moving it costs 4 ms a call. Its checksums are compared, which
#   costs as much, because a JVM crashes on a damaged archive; but see wgj_find_verify.
# - The limits of the control group are not read, as the heap has its size here, and the table of strings is small: 1 ms.
# - Ctrl-C and TERM have their default action (-Xrs), so a shell loop around the command stops, as with the original.
# - The JVM writes nothing of its own: no logs (which report an archive that does not fit), no warnings (as about files in the
#   current folder that another JVM would read), no performance data, no crash files. Messages that cannot be switched off
#   go to standard error.
# - A class path, not -jar: reading the manifest costs 8 ms. The jar is on the boot class path, too: the loader of the class path
#   is Java code, which costs 3 ms.
wgj_become() {
    wgj_find_name
    wgj_make_room
    wgj_find_verify
    # wg-quick calls wgj-engine as it would call wireguard-go: with an interface as the only word.
    if [ "$wgj_invoked" = wgj-engine ]; then
        wgj_invoked=wgj
        set -- engine "$@"
    fi
    if [ "$wgj_invoked:${1-}" = wgj:engine ] && wgj_is_engine "$@"; then
        wgj_become_engine "$@"
    fi
    # Words and file names are bytes to us. In an ASCII locale the JVM would lose bytes above 127.
    LC_ALL=C.UTF-8
    export LC_ALL
    wgj_signals=-Xrs
    wgj_sizes="-Xms8m -XX:Tier3InvocationThreshold=2000 -XX:Tier3MinInvocationThreshold=1000 -XX:Tier3CompileThreshold=20000"
    case $wgj_invoked:${1-} in
        *-quick:*)
            # A signalled run rolls back, so the JVM handles signals. Hooks find the programs next to this one first, as with
            # the original.
            wgj_signals=
            wgj_use_checked_archive quick
            wgj_sizes="-Xms40m -Xmn24m"
            wgj_put_first
            ;;
        wgj:monitor)
            # It lives long, handles signals and runs hooks. Both compilers: with C1 alone, 5,000 peers cost half as much
            # CPU again. Young objects have little room: it is all touched in time, so more would only take memory.
            wgj_signals=
            wgj_use_archive short
            wgj_sizes="-XX:TieredStopAtLevel=4 -Xms14m -Xmn6m -Xss512k"
            wgj_put_first
            ;;
        wgj:watch)
            # A signal restores the terminal first.
            wgj_signals=
            wgj_use_archive short
            ;;
        wgj:batch)
            # It may run many lines, also of wgj-quick: a signalled run rolls back, and hooks find our programs.
            wgj_signals=
            wgj_use_archive short
            wgj_sizes="-Xms24m -Xmn16m"
            wgj_put_first
            ;;
        *)
            wgj_use_archive short
            # The demo starts the engine as wgj-quick does.
            [ "$wgj_invoked:${1-}" != wgj:demo ] || wgj_put_first
            ;;
    esac
    # shellcheck disable=SC2086 # options are split at blanks
    exec "$wgj_java/bin/java" \
        $wgj_short_flags -Xmx1g -XX:-UseContainerSupport -XX:StringTableSize=1024 $wgj_signals $wgj_sizes \
        ${wgj_archive:+"$wgj_archive"} -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "$wgj_verify" \
        -Xlog:disable -XX:-PrintWarnings -XX:+DisplayVMOutputToStderr -XX:-UsePerfData -XX:+DisableAttachMechanism \
        -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null \
        -Djffi.boot.library.path="$wgj_lib" \
        ${WGJ_JAVA_OPTS-} -Xbootclasspath/a:"$wgj_lib/wgj.jar" -cp "$wgj_lib/wgj.jar" io.wgj.cli.Main "$wgj_invoked" "$wgj_prog" "$@"
}

# Puts the folder of our own commands first in PATH.
wgj_put_first() {
    [ -z "${wgj_bin##/*}" ] || wgj_bin=$PWD/$wgj_bin
    PATH=$wgj_bin${PATH:+:$PATH}
    export PATH
}

# Whether these words start an engine, rather than ask for help or about a running one. Sets wgj_foreground for an engine in
# the foreground.
wgj_is_engine() {
    wgj_foreground=
    [ "${WG_PROCESS_FOREGROUND-}" != 1 ] || wgj_foreground=yes
    [ "$#" -gt 1 ] || return 1
    for wgj_word; do
        case $wgj_word in
            -f | -fq | -qf | --foreground) wgj_foreground=yes ;;
            -h | --help | --stats | --log | --log=*) return 1 ;;
        esac
    done
}

# Becomes an engine in the foreground, or starts one in a session of its own and exits once its socket answers. The engine
# writes `ready' to descriptor 9, or its exit code after a failure. It is no job of this shell: a job would ignore SIGINT.
wgj_become_engine() {
    LC_ALL=C.UTF-8
    export LC_ALL
    wgj_drop_rights
    if [ -n "$wgj_foreground" ]; then
        wgj_exec_engine "$@"
    fi
    if ! command -v setsid >/dev/null; then
        echo "wgj: engine: setsid: not found; install util-linux, or stay in the foreground (-f)" >&2
        exit 1
    fi
    WGJ_READY_FD=9
    export WGJ_READY_FD
    wgj_prefix="setsid --fork $wgj_prefix"
    wgj_said=$(exec 9>&1 </dev/null >/dev/null && wgj_exec_engine "$@")
    case $wgj_said in
        ready) exit 0 ;;
        [1-9] | [1-9][0-9]) exit "$wgj_said" ;;
    esac
    exit 1
}

# The engine needs CAP_NET_ADMIN alone (with WGJ_ENGINE_LOW_PORTS=1 also CAP_NET_BIND_SERVICE). Sets wgj_prefix to the command
# that starts it with these. Where that is not possible, the engine drops the others itself, which costs a second start.
# Bit 8 is the capability to drop capabilities for good (CAP_SETPCAP).
wgj_drop_rights() {
    wgj_prefix=
    wgj_kept=+net_admin
    [ "${WGJ_ENGINE_LOW_PORTS-}" != 1 ] || wgj_kept=+net_admin,+net_bind_service
    while IFS=':	' read -r wgj_key wgj_value wgj_value2; do
        if [ "$wgj_key" = CapEff ]; then
            wgj_value=${wgj_value:-$wgj_value2}
            if [ "$((0x$wgj_value & 0x100))" != 0 ] && command -v setpriv >/dev/null; then
                wgj_prefix="setpriv --no-new-privs --inh-caps -all --bounding-set -all,$wgj_kept"
            fi
            break
        fi
    done </proc/self/status
}

# Sets wgj_heap to the ceiling of the engine's heap: 512 MB, and at most 3/8 of the control group's limit, as the rest of the
# process needs some 70 MB. (The JVM has an option for a share, but none for a share with a ceiling.) The limits of all
# groups above count. A container may not see those, and finds its own at the root.
wgj_find_heap() {
    wgj_limit=1431655768
    while IFS=: read -r wgj_key wgj_value wgj_dir; do
        case $wgj_key:,$wgj_value, in
            0:,,)
                wgj_find_limit /sys/fs/cgroup memory.max
                wgj_find_limit /sys/fs/cgroup/unified memory.max
                ;;
            *,memory,*) wgj_find_limit /sys/fs/cgroup/memory memory.limit_in_bytes ;;
        esac
    done 2>/dev/null </proc/self/cgroup
    wgj_heap=$((wgj_limit * 3 / 8 >> 20))
    [ "$wgj_heap" -ge 24 ] || wgj_heap=24
    wgj_heap=${wgj_heap}m
}

# Lowers wgj_limit to the lowest number in the files called $2 in $1/$wgj_dir and all folders above it up to $1.
wgj_find_limit() {
    wgj_group=${wgj_dir%/}
    while :; do
        if [ -r "$1$wgj_group/$2" ] && read -r wgj_bytes <"$1$wgj_group/$2"; then
            case $wgj_bytes in
                *[!0-9]* | '') ;;
                *) [ "$wgj_bytes" -ge "$wgj_limit" ] || wgj_limit=$wgj_bytes ;;
            esac
        fi
        [ -n "$wgj_group" ] || return 0
        wgj_group=${wgj_group%/*}
    done
}

# Executes the engine's JVM. The engine lives long, so its flags differ:
# - Both compilers: the second one knows the instructions that make encryption fast.
# - A small heap, since the packet path allocates nothing. It grows only for huge configurations, within the control group.
# - The compiler inlines less, and compiles no method while it runs. The second one waits longer, but for what engine.jit
#   names. In the first second of traffic that halves their work, and the code is as fast (docs/benchmarks.md).
# - The archive is mapped at the address that it was made for and its checksums are compared, as for the short commands: moving
#   it takes a fifth of the start. Only classes, which cannot be executed, lie at that known address.
# - The few reflective calls are native, since method handles for them would have to be built first.
# The working directory is /, so the engine keeps no file system from being unmounted.
wgj_exec_engine() {
    [ -z "${wgj_lib##/*}" ] || wgj_lib=$PWD/$wgj_lib
    [ -z "${wgj_java##/*}" ] || wgj_java=$PWD/$wgj_java
    cd /
    wgj_use_checked_archive engine
    wgj_find_heap
    # shellcheck disable=SC2086 # prefix and options are split at blanks
    exec $wgj_prefix "$wgj_java/bin/java" \
        $wgj_engine_flags -Xms16m -Xmn8m -Xmx"$wgj_heap" -Xss512k -XX:CompileCommandFile="$wgj_lib/engine.jit" \
        -XX:FreqInlineSize=100 -XX:InlineSmallCode=1000 -XX:-UseOnStackReplacement \
        -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=3000 -XX:Tier4CompileThreshold=60000 \
        ${wgj_archive:+"$wgj_archive"} -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "$wgj_verify" \
        -Xlog:disable -XX:-PrintWarnings -XX:+DisplayVMOutputToStderr -XX:-UsePerfData -XX:+DisableAttachMechanism \
        -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null \
        -Djffi.boot.library.path="$wgj_lib" \
        ${WGJ_START:+-Dwgj.start="$WGJ_START"} ${WGJ_JAVA_OPTS-} -Xbootclasspath/a:"$wgj_lib/wgj.jar" -cp "$wgj_lib/wgj.jar" io.wgj.cli.Main "$wgj_invoked" "$wgj_prog" "$@"
}
