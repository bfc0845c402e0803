#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install.sh [--prefix PREFIX] [--uninstall]: installs wgj from the folder of this script, or removes it. PREFIX is /usr unless
# it is given. The variable DESTDIR comes before all paths, for a system that is not running yet.
set -eu
here=$(dirname "$(readlink -f "$0")")
prefix=/usr uninstall=
say() { echo "install.sh: $*" >&2; }
die() {
    say "$*"
    exit 1
}
while [ $# -gt 0 ]; do
    case $1 in
        --prefix)
            prefix=${2-}
            [ $# -eq 1 ] || shift
            ;;
        --prefix=*) prefix=${1#*=} ;;
        --uninstall) uninstall=yes ;;
        *)
            say "usage: install.sh [--prefix PREFIX] [--uninstall]"
            exit 2
            ;;
    esac
    shift
done
prefix=${prefix%/}
case $prefix in
    /*[!A-Za-z0-9._/+-]*) die "the prefix \"$prefix\": letters, digits and . _ + - / only" ;;
    /*) ;;
    *) die "the prefix \"$prefix\" does not begin with /" ;;
esac
umask 022
root=${DESTDIR-} to=${DESTDIR-}$prefix home=$prefix/lib/wgj
# systemd finds units below these two prefixes and in /etc.
case $prefix in
    /usr | /usr/local) units=$to/lib/systemd/system ;;
    *) units=$root/etc/systemd/system ;;
esac
# The files outside of lib/wgj and share/doc/wgj, for --uninstall.
list=$to/lib/wgj/installed-files

has_systemd() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

remove_listed() {
    [ -r "$list" ] || return 0
    while read -r file; do rm -f "$root$file"; done <"$list"
}

if [ -n "$uninstall" ]; then
    [ -r "$list" ] || die "$list: not found; was wgj installed with this prefix?"
    if has_systemd; then
        systemctl stop wgj-monitor.service wgj-quick.target 'wgj-quick@*.service' 'wgj-engine@*.service' ||
            say "not every tunnel could be stopped; systemctl list-units 'wgj-*' shows them"
    fi
    remove_listed
    # Folders that nothing else uses.
    while read -r file; do rmdir -p "$root${file%/*}" 2>/dev/null || true; done <"$list"
    rm -rf "$to/lib/wgj" "$to/share/doc/wgj"
    rmdir -p "$to/lib" "$to/share/doc" 2>/dev/null || true
    ! has_systemd || systemctl daemon-reload || true
    say "removed; /etc/wireguard stays"
    exit 0
fi

if ! ldd --version 2>&1 | grep -qi 'glibc\|gnu'; then
    say "wgj needs glibc, and this system seems to have another C library"
fi
mkdir -p "$to/lib" 2>/dev/null || true
[ -w "$to/lib" ] || die "$to: cannot be written; run this as root, or give another --prefix"
if [ -z "$root" ] && dpkg-query -S "$home/wgj.jar" >/dev/null 2>&1; then
    die "wgj is installed as a Debian package; remove that first (dpkg --remove wgj), or give another --prefix"
fi

# Running engines keep the folder that they were started from.
rm -rf "$to/lib/wgj.new" "$to/lib/wgj.old"
cp -R -p "$here/usr/lib/wgj" "$to/lib/wgj.new"
remove_listed
[ ! -e "$to/lib/wgj" ] || mv "$to/lib/wgj" "$to/lib/wgj.old"
mv "$to/lib/wgj.new" "$to/lib/wgj"
rm -rf "$to/lib/wgj.old" "$to/share/doc/wgj"

cd "$here/usr"
find bin lib share \( -type f -o -type l \) ! -path 'lib/wgj/*' | sort | while read -r file; do
    case $file in
        lib/systemd/system/*) place=$units/${file##*/} ;;
        # Of these, programs read only the ones below /usr.
        lib/sysusers.d/* | lib/tmpfiles.d/*)
            [ "$prefix" = /usr ] || continue
            place=$to/$file
            ;;
        *) place=$to/$file ;;
    esac
    mkdir -p "${place%/*}"
    rm -f "$place"
    if [ -h "$file" ]; then
        ln -s "$(readlink "$file")" "$place"
    elif [ "$prefix" = /usr ]; then
        cp -p "$file" "$place"
    else
        case $file in
            bin/* | lib/systemd/*)
                sed "s#/usr/lib/wgj#$home#g; s#/usr/bin/wgj#$prefix/bin/wgj#g" "$file" >"$place"
                case $file in bin/*) chmod 755 "$place" ;; esac
                ;;
            *) cp -p "$file" "$place" ;;
        esac
    fi
    case $place in
        "$to"/share/doc/wgj/*) ;;
        *) echo "${place#"$root"}" ;;
    esac
done >"$list.new"
mv "$list.new" "$list"

if [ "$prefix" != /usr ]; then
    sed -i "s#/usr/lib/wgj#$home#g" "$to/lib/wgj/running-engines"
    # An archive holds the path that it was made at. With another path each command takes 5 ms longer.
    if [ -n "$root" ]; then
        say "the class archives are those of /usr; each command takes 5 ms longer"
    else
        "$here/archives/make-archives" "$home" "$here/archives" "$home"
        "$here/archives/copy-ends" "$home"
        "$here/archives/sum-archives" "$home"
        chmod 644 "$home"/*.jsa "$home"/*.end "$home"/*.offset "$home/archives.sha256" "$home/run.sh"
    fi
fi

if ! [ -d "$root/etc/wireguard" ]; then
    mkdir -p "$root/etc"
    mkdir -m 700 "$root/etc/wireguard" 2>/dev/null || say "/etc/wireguard could not be made"
fi
if [ -z "$root" ] && [ "$(id -u)" = 0 ] && ! getent group wgj >/dev/null; then
    groupadd --system wgj 2>/dev/null || addgroup -S wgj 2>/dev/null || say "the group wgj could not be made"
fi
# What the launcher noted about the archives before.
[ -n "$root" ] || rm -f /run/wgj/archives
! has_systemd || systemctl daemon-reload || true
say "installed: $prefix/bin/wgj and $prefix/bin/wgj-quick"
