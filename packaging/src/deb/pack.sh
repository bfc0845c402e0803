# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# What make-deb and make-deb-wg share. Sourced by a script that has set here, root and version.

# put MODE FILE PATH: installs FILE as PATH in the package.
put() { install -D -m "$1" "$2" "$root/$3"; }

# put_pages FOLDER: installs the man pages that lie there.
put_pages() {
  local page
  for page in "$1"/*.[1-8]; do
    [[ -e $page ]] || continue
    mkdir -p "$root/usr/share/man/man${page##*.}"
    gzip -9nc "$page" >"$root/usr/share/man/man${page##*.}/${page##*/}.gz"
  done
}

# put_completions FOLDER
put_completions() {
  [[ -d $1 ]] || return 0
  local bash=usr/share/bash-completion/completions fish=usr/share/fish/vendor_completions.d
  put 644 "$1/wgj.bash" "$bash/wgj"
  ln -s wgj "$root/$bash/wgj-quick"
  put 644 "$1/_wgj" usr/share/zsh/vendor-completions/_wgj
  put 644 "$1/wgj.fish" "$fish/wgj.fish"
  put 644 "$1/wgj-quick.fish" "$fish/wgj-quick.fish"
}

# put_changelog PACKAGE [FILE]: Debian's changelog, and FILE beside it.
put_changelog() {
  local doc=$root/usr/share/doc/$1 date
  date=$(date -u -R -d "@$SOURCE_DATE_EPOCH")
  mkdir -p "$doc"
  sed "s/@PACKAGE@/$1/; s/@VERSION@/$version/; s/@DATE@/$date/" "$here/changelog.in" | gzip -9nc >"$doc/changelog.gz"
  [[ -z ${2-} ]] || gzip -9nc "$2" >"$doc/${2##*/}.gz"
}

# put_control TEMPLATE [SED]: the package's control file, from a template. The size is counted as dpkg-gencontrol counts it: the
# size of a folder depends on the file system.
put_control() {
  local size
  size=$(find "$root" -mindepth 1 -path "$root/DEBIAN" -prune -o -printf '%y %s\n' |
    awk '{ kib += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print kib }')
  sed "s/@VERSION@/$version/; s/@SIZE@/$size/; ${2-}" "$1" >"$root/DEBIAN/control"
}

# pack FILE: packs the tree. Level 8 is level 6 with a dictionary of 32 MiB, which finds what the class archives share: a twelfth
# smaller. Unpacking takes as much memory; the dictionary of level 9, 64 MiB, is more than the smallest hosts can spare.
pack() {
  (cd "$root" && find . -path ./DEBIAN -prune -o -path ./etc -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) \
    >"$root/DEBIAN/md5sums"
  chmod 644 "$root/DEBIAN"/{control,md5sums}
  [[ ! -e $root/DEBIAN/conffiles ]] || chmod 644 "$root/DEBIAN/conffiles"
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zxz -z8 --build "$root" "$1" >/dev/null
}
