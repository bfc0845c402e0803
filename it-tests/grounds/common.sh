# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the scripts of the test grounds share. Sourced, never run. The caller has `set -euo pipefail`.

# Downloads that outlive a checkout: kernels, the reference tools. Removing the folder is always safe. Root's is not at
# home: some tests run the tools as an ordinary user.
# shellcheck disable=SC2034 # read by the scripts
if ((EUID == 0)); then
  grounds_cache=${XDG_CACHE_HOME:-/var/cache}/wgj-tests
else
  grounds_cache=${XDG_CACHE_HOME:-$HOME/.cache}/wgj-tests
fi

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# need COMMAND=PACKAGE…: ends with one sentence that names every package that is missing.
need() {
  local pair missing=()
  for pair; do
    [[ -x ${pair%%=*} ]] || command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  ((${#missing[@]} == 0)) || die "missing here: apt-get install ${missing[*]}"
}

is_jdk_25() {
  [[ -x $1/bin/javac && -r $1/release ]] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [[ -n $version ]] && ((version >= 25))
}

# Prints the folder of a JDK 25 or newer: JAVA_HOME, the system's, the one in PATH, in this order. The default
# `java` of a Debian 12 is 17, so PATH comes last.
find_jdk() {
  local candidate path_javac
  path_javac=$(command -v javac) && path_javac=$(readlink -f "$path_javac") || path_javac=
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* "${path_javac%/bin/javac}"; do
    if [[ -n $candidate ]] && is_jdk_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# locked FILE FUNCTION [ARG…]: one at a time. A process that had to wait finds the work done already.
locked() {
  local file=$1
  shift
  mkdir -p "$(dirname "$file")"
  (
    flock 9
    "$@"
  ) 9>"$file"
}

# Prints where this machine has Debian's main archive of its release from.
debian_archive() {
  local codename uri
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # apt expands $(…) itself.
  # shellcheck disable=SC2016
  uri=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v release="$codename" '$2 == release && $3 == "main" { print $1; exit }')
  [[ -n $uri ]] || die "no Debian archive for '$codename main' among apt's sources"
  echo "$uri"
}

# Debian through apt, with lists and cache of its own, and a source of its own for another suite than this machine's: the
# host's apt state stays as it is, and nothing is installed. Sets the array `apt_own`. The archives' signatures are checked
# as always. SUITE is `release` or Debian's name of a suite, as sid.
# apt_prepare SUITE FOLDER
apt_prepare() {
  local suite=$1 folder=$2 uri key
  need apt-get=apt dpkg=dpkg
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  apt_own=(-o Dir::State::lists="$folder/lists" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root
    -o Acquire::Retries=2 -qq)
  if [[ $suite != release ]]; then
    uri=$(debian_archive)
    for key in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do [[ -r $key ]] && break; done
    echo "deb [signed-by=$key] $uri $suite main" >"$folder/source.list"
    apt_own+=(-o Dir::Etc::sourcelist="$folder/source.list" -o Dir::Etc::sourceparts=-)
  fi
  apt-get "${apt_own[@]}" update >&2
}

# apt_unpack FOLDER PACKAGE…: downloads the packages into FOLDER and unpacks them there.
apt_unpack() {
  local folder=$1 package
  shift
  (
    cd "$folder"
    apt-get "${apt_own[@]}" download "$@" >&2
    for package in *.deb; do dpkg -x "$package" .; done
    rm -f ./*.deb
  )
}

# The names of the packages that PACKAGE depends on, alternatives left out.
apt_depends() {
  apt-cache "${apt_own[@]}" depends "$1" | awk '$1 == "Depends:" { print $2 }'
}

# twice FUNCTION [ARG…]: a mirror that is being updated, or a lost connection, deserves a second try. Each try is a
# shell of its own, since `set -e` does not act in a function that is tested for success.
twice() {
  local try
  for try in 1 2; do
    set +e
    (
      set -e
      "$@"
    )
    local status=$?
    set -e
    ((status != 0)) || return 0
    ((try == 2)) || { say "trying again in 5 s"; sleep 5; }
  done
  return "$status"
}

# Whether an ordinary user may install Debian packages with sudo. Root installs them without being asked.
install=false

# Prints those of the named packages that are not installed.
missing_of() {
  local package
  for package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

# apt_install PACKAGE…: installs them, after saying so.
apt_install() {
  local as=()
  if ((EUID != 0)); then
    [[ $install == true ]] || return 1
    as=(sudo)
  fi
  say "installing: $*"
  # shellcheck disable=SC2317 # called by twice
  try_install() {
    "${as[@]}" apt-get -qq update && "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq -y --no-install-recommends "$@" >/dev/null
  }
  twice try_install "$@"
}

# provide PACKAGE…: true when all are there in the end.
provide() {
  local missing
  command -v dpkg-query >/dev/null || return 1
  mapfile -t missing < <(missing_of "$@")
  ((${#missing[@]} == 0)) || apt_install "${missing[@]}"
}

# Installs Maven and a JDK 25 where they are missing, and sets JAVA_HOME.
provide_build_tools() {
  local package
  command -v mvn >/dev/null || apt_install maven || die "needs Maven: apt-get install maven"
  if ! find_jdk >/dev/null; then
    for package in openjdk-25-jdk-headless temurin-25-jdk; do
      if apt-cache policy "$package" 2>/dev/null | grep -q 'Candidate: [0-9]'; then
        apt_install "$package" && break
      fi
    done
  fi
  JAVA_HOME=$(find_jdk) ||
    die "needs a JDK 25: install one (Temurin's package is temurin-25-jdk) or set JAVA_HOME to it"
  export JAVA_HOME
}
