# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=dash disable=SC2154
# What the launchers share: finding a Java (wgj_find_java) and becoming the command (wgj_become "$@"). A launcher
# sources this file with wgj_home= the image's folder and wgj_bin= the folder of the commands. wgj is run by sh, which is
# often dash and starts faster, wgj-quick by bash. Every call of every command passes here, so on the usual way there are
# only builtins and no subshell; and all names start with wgj_, because a name that the caller happens to export would
# reach the hooks changed.

# A clean slate: no variable of ours is the caller's, and no option of the shell. A PATH or an option with a star in it is
# not a pattern.
set -f +aeu
unset wgj_bytes wgj_cache wgj_dir wgj_face wgj_foreground wgj_group wgj_heap wgj_java wgj_kept wgj_key wgj_limit wgj_offset \
    wgj_prefix wgj_prog wgj_said wgj_signals wgj_sizes wgj_value wgj_value2 wgj_version wgj_word WGJ_READY_FD WGJ_DROPPED

# Whoever calls sudo must not choose root's Java nor feed it options.
if [ -n "${SUDO_UID-}" ]; then
    unset WGJ_JAVA_HOME WGJ_JAVA_OPTS JAVA_HOME
fi
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH _JAVA_LAUNCHER_DEBUG _JAVA_SR_SIGNUM

# Whether $1 is the home of a Java 25 or later, by its release file: asking it would cost a JVM.
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
    # The one that made the cache.
    if [ -r "$wgj_home/lib/java-home" ] && read -r wgj_java <"$wgj_home/lib/java-home" && [ -x "$wgj_java/bin/java" ]; then
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

# Sets wgj_face, which of the commands this is, and wgj_prog, what its messages call it. The kernel hands a script its
# path even when it was called by name; messages want the word that was typed: the base name when a search of PATH finds
# this very path, else the path.
wgj_find_name() {
    wgj_face=${0##*/}
    wgj_prog=$0
    IFS=:
    for wgj_dir in ${PATH-}; do
        if [ -x "$wgj_dir/$wgj_face" ] && [ -f "$wgj_dir/$wgj_face" ]; then
            [ "$wgj_dir/$wgj_face" != "$0" ] || wgj_prog=$wgj_face
            break
        fi
    done
    unset IFS
    case $wgj_face in
        wg | wg-quick | wgj-quick | wgj-engine) ;;
        *) wgj_face=wgj ;;
    esac
}

# The JVM needs what a C program does not: descriptors 0 to 2, else the first files that it opens take their place (so a
# closed one is opened the wrong way round, and using it is the same error as before), and a current directory that exists.
wgj_make_room() {
    true 2>/dev/null 9<&0 || exec 0>/dev/null
    true 2>/dev/null 9>&1 || exec 1</dev/null
    true 2>/dev/null 9>&2 || exec 2</dev/null
    if [ -z "${PWD-}" ] || ! { [ . -ef "$PWD" ] || pwd -P >/dev/null 2>&1; }; then
        cd /
    fi
}

# Sets wgj_cache to the option that names the cache $1, or to nothing.
wgj_use_cache() {
    wgj_cache=-XX:AOTCache=$wgj_home/lib/$1.aot
}

# The same for a cache whose end has to be compared with its copy: a JVM that finds damage there, after it has begun to use
# the rest, ends before main (docs/decisions/008-damaged-caches.md). Without the cache it starts, if slower. Where there is
# no cmp, nothing is compared.
wgj_use_checked_cache() {
    wgj_use_cache "$1"
    wgj_offset=none
    [ ! -r "$wgj_home/lib/$1.offset" ] || read -r wgj_offset <"$wgj_home/lib/$1.offset" || :
    cmp -s "$wgj_home/lib/$1.aot" "$wgj_home/lib/$1.end" "$wgj_offset" 2>/dev/null
    case $? in
        0 | 127) ;;
        *) wgj_cache= ;;
    esac
}

# Becomes the command with the words "$@": same process, so pid, signals and exit status are the command's own.
#
# Chosen by measurement (./bench start-up, ./bench quick, docs/benchmarks.md). C1 alone, for the hottest methods, and one
# small heap, since the command lives for milliseconds; wgj-quick, which may have ten thousand routes before it, for all
# that are hot, and with room for what they leave behind. The cache is mapped where it was made for, because moving it
# costs 4 ms a call; its checksums are compared, which costs as much, because a JVM crashes on a damaged one. Ctrl-C and
# TERM have their default action (-Xrs), so that a shell loop around the command stops as it does with the original.
# Nothing may be written that the command did not write: no logs (a cache that does not fit is reported there), no warnings
# (as of files in the current folder that another JVM would read), no performance data, no crash files; and what the JVM
# has to say all the same is no result, so it goes to standard error. The class path is not a -jar: reading the manifest
# costs 8 ms.
wgj_become() {
    wgj_find_name
    wgj_make_room
    # What wg-quick calls as it would call wireguard-go: with an interface as the only word.
    if [ "$wgj_face" = wgj-engine ]; then
        wgj_face=wgj
        set -- engine "$@"
    fi
    if [ "$wgj_face:${1-}" = wgj:engine ] && wgj_is_engine "$@"; then
        wgj_become_engine "$@"
    fi
    # Words and file names are bytes to us; in a locale of ASCII the JVM would lose those above 127.
    LC_ALL=C.UTF-8
    export LC_ALL
    wgj_signals=-Xrs
    wgj_sizes="-Xms8m -XX:Tier3InvocationThreshold=2000 -XX:Tier3MinInvocationThreshold=1000 -XX:Tier3CompileThreshold=20000"
    case $wgj_face:${1-} in
        *-quick:*)
            # A run that a signal ends takes back what it did, so the JVM has to hear of it. And hooks find the programs
            # that are next to this one first, as the original's do.
            wgj_signals=
            wgj_use_checked_cache quick
            wgj_sizes="-Xms40m -Xmn24m"
            wgj_put_first
            ;;
        *)
            wgj_use_cache short
            # The demo starts the engine as wgj-quick does.
            [ "$wgj_face:${1-}" != wgj:demo ] || wgj_put_first
            ;;
    esac
    # shellcheck disable=SC2086 # options are split at blanks
    exec "$wgj_java/bin/java" \
        -XX:+UseSerialGC -Xmx1g $wgj_signals -XX:TieredStopAtLevel=1 $wgj_sizes \
        ${wgj_cache:+"$wgj_cache"} -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:+VerifySharedSpaces \
        -Xlog:disable -XX:-PrintWarnings -XX:+DisplayVMOutputToStderr -XX:-UsePerfData -XX:+DisableAttachMechanism \
        -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null \
        --enable-native-access=ALL-UNNAMED -Djffi.boot.library.path="$wgj_home/lib" \
        ${WGJ_JAVA_OPTS-} -cp "$wgj_home/lib/wgj.jar" io.wgj.cli.Main "$wgj_face" "$wgj_prog" "$@"
}

# Puts the folder of our own commands first in PATH.
wgj_put_first() {
    [ -z "${wgj_bin##/*}" ] || wgj_bin=$PWD/$wgj_bin
    PATH=$wgj_bin${PATH:+:$PATH}
    export PATH
}

# Whether these words start an engine, and not only talk about it. Sets wgj_foreground when it is to stay.
wgj_is_engine() {
    wgj_foreground=
    [ "${WG_PROCESS_FOREGROUND-}" != 1 ] || wgj_foreground=yes
    [ "$#" -gt 1 ] || return 1
    for wgj_word; do
        case $wgj_word in
            -f | -fq | -qf | --foreground) wgj_foreground=yes ;;
            -h | --help | --stats) return 1 ;;
        esac
    done
}

# Becomes an engine in the foreground, or starts one in a session of its own and ends when its socket answers: it then
# writes `ready' to descriptor 9; an engine that does not get that far writes its exit code. (Not as a job of this shell, which would make it deaf to SIGINT.)
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

# The engine needs the right to administer networks and no other (WGJ_ENGINE_LOW_PORTS=1: and to bind to ports below
# 1024). Sets wgj_prefix to what starts it so, where that is possible; where not, the engine helps itself, which costs it
# a second start. Eight bits up is the right to give up rights for good (CAP_SETPCAP).
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

# Sets wgj_heap to the most that the engine's heap may have: 512 MB, and at most 3/8 of what the control group may have, as
# the rest of the process needs some 70 MB. (The JVM has an option for a share, but none for a share and a ceiling.) Limits
# of all groups above count; a container may not see those, and finds its own at the root.
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

# The engine lives long: both compilers, for the second one knows the instructions that make encryption fast; memory
# in small pieces, since what moves packets allocates nothing; and a heap that grows only for huge configurations, as
# far as its control group lets it. The compiler copies less into callers than it would, and compiles no method that
# is running: for the first second's traffic that halves its work, and what it makes is as fast (docs/benchmarks.md).
# The cache is mapped where it was made for and compared with its checksums, as for the short commands: moving it is a
# fifth of the start. What has an address that anybody can know is classes, of which nothing can be executed. The few
# reflective calls are made natively, since method handles for them have to be put together first.
#
# Its folder is none that somebody may want to unmount.
wgj_exec_engine() {
    [ -z "${wgj_home##/*}" ] || wgj_home=$PWD/$wgj_home
    [ -z "${wgj_java##/*}" ] || wgj_java=$PWD/$wgj_java
    cd /
    wgj_use_checked_cache engine
    wgj_find_heap
    # shellcheck disable=SC2086 # prefix and options are split at blanks
    exec $wgj_prefix "$wgj_java/bin/java" \
        -XX:+UseSerialGC -Xms16m -Xmn8m -Xmx"$wgj_heap" -Xss512k -XX:CompileCommandFile="$wgj_home/lib/engine.jit" \
        -XX:FreqInlineSize=100 -XX:InlineSmallCode=1000 -XX:-UseOnStackReplacement \
        ${wgj_cache:+"$wgj_cache"} -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:+VerifySharedSpaces \
        -Xlog:disable -XX:-PrintWarnings -XX:+DisplayVMOutputToStderr -XX:-UsePerfData -XX:+DisableAttachMechanism \
        -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null \
        --enable-native-access=ALL-UNNAMED --add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED \
        --add-opens java.base/sun.security.util.math=ALL-UNNAMED --add-opens java.base/sun.security.util.math.intpoly=ALL-UNNAMED \
        -Djdk.reflect.useNativeAccessorOnly=true -Djffi.boot.library.path="$wgj_home/lib" \
        ${WGJ_START:+-Dwgj.start="$WGJ_START"} ${WGJ_JAVA_OPTS-} -cp "$wgj_home/lib/wgj.jar" io.wgj.cli.Main "$wgj_face" "$wgj_prog" "$@"
}
