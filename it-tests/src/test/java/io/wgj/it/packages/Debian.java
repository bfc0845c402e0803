// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A small Debian without Java, made by `grounds/debian`: each run has a new copy, in namespaces of its own for
/// network, mounts and processes. The built packages lie in `/dist`.
record Debian(Suite suite, List<String> options) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /// The exit code of `grounds/debian` where it cannot do what it is asked for.
    private static final int CANNOT = 125;

    /// The beginning of every script. `run COMMAND…` runs a command and prints it, its output and its exit
    /// code. `files` lists all files but those of the kernel and those in memory. `processes` names those of
    /// the package, and `ended` those that do not end. `tunnel NAME [LINE]…` writes a configuration, with these
    /// lines in `[Interface]`.
    private static final String WORDS = """
            export DEBIAN_FRONTEND=noninteractive
            package=$(echo /dist/wgj_*.deb)
            section() { printf -- '-- %s\\n' "$*"; }
            run() {
              local rc=0
              printf '$ %s\\n' "$*"
              "$@" </dev/null 2>&1 || rc=$?
              echo "rc $rc"
            }
            files() {
              find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /dist \\) -prune \\
                -o -printf '%p %y %m\\n' | sort
            }
            processes() {
              local exe
              for exe in /proc/[0-9]*/exe; do readlink "$exe"; done 2>/dev/null | grep ^/usr/lib/wgj
            }
            # An engine ends a moment after its interface.
            ended() {
              local tries
              for ((tries = 0; tries < 100; tries++)); do
                [[ -n $(processes) ]] || return 0
                sleep .05
              done
              processes
            }
            private=yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
            tunnel() {
              mkdir -p -m 700 /etc/wireguard
              (
                umask 077
                {
                  printf '[Interface]\\nPrivateKey = %s\\nAddress = 10.9.0.1/24\\n' "$private"
                  (($# == 1)) || printf '%s\\n' "${@:2}"
                  printf '[Peer]\\nPublicKey = %s\\nAllowedIPs = 10.9.0.0/24\\nEndpoint = 127.0.0.1:51999\\n' \\
                    xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
                } >"/etc/wireguard/$1.conf"
              )
            }
            # The same package of a later version, or with another line in its control file.
            repack() {
              rm -rf /var/tmp/repacked
              dpkg-deb -R "$package" /var/tmp/repacked
              sed -i "$1" /var/tmp/repacked/DEBIAN/control
              dpkg-deb -Znone -b /var/tmp/repacked "$2" >/dev/null
              rm -rf /var/tmp/repacked
            }
            apt_get() { apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@"; }
            newer() { repack 's/^Version: .*/Version: 99.1/' /var/tmp/newer.deb; }
            """;

    Debian {
        options = List.copyOf(options);
    }

    /// What debootstrap calls minbase: no systemd, no `ip`.
    static Debian minimal(Suite suite) {
        return new Debian(suite, List.of());
    }

    /// With systemd (not running), `ip`, shells and the programs that check packages.
    static Debian system(Suite suite) {
        return minimal(suite).with("--system");
    }

    /// The same, booted after the script `first` has run in it. A test is skipped where this machine cannot do
    /// that.
    static Debian booted(Suite suite, String first) {
        return minimal(suite).with("--boot", WORDS + "set -e\n" + first);
    }

    /// With further options of `grounds/debian`.
    Debian with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Debian(suite, all);
    }

    /// Runs `script`. It must come to its end; what fails in it is for the test to see.
    Printed run(String script) {
        Path dist = dist();
        Ran ran = Command.of(Product.root().resolve("it-tests/grounds/debian"))
                .with(options.toArray(String[]::new))
                .with("--see", dist + "=/dist", suite.toString(), "bash", "-s")
                .stdin(WORDS + script + "\ntrue\n")
                .timeout(PATIENCE)
                .run();
        assumeFalse(ran.exit() == CANNOT, () -> ran.stderr().strip());
        return Printed.of(ran.ok().stdout());
    }

    /// Where `./package` has put the packages.
    static Path dist() {
        Path dist = Product.root().resolve("packaging/target/dist");
        if (!Files.isDirectory(dist)) {
            throw new AssertionError("no packages in " + dist + "; run ./package deb");
        }
        return dist;
    }
}
