// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.List;

/// Section B: `genkey`, `genpsk`, `pubkey`.
class WgKeysTest extends WgCaseSuite {
    private static final String BAD_KEY = "wg: Key is not the correct length or format";
    private static final String TRAILING = "wg: Trailing characters found after key";
    private static final String WORLD = "Warning: writing to world accessible file\\.\n[^\n]*umask[^\n]*077[^\n]*\n";

    @Override
    List<WgCase> rows() {
        return List.of(
                row(
                                "B01",
                                "wg genkey | tee key | wc -c; base64 -d <key | od -An -tu1 -w32"
                                        + " | awk '{ print NF, $1 % 8, int($32 / 64) }'")
                        .prints("45", "32 0 1"),
                // Six unclamped keys look clamped once in 10^9 runs.
                row(
                                "B02",
                                "umask 077; for i in 1 2 3 4 5 6; do wg genpsk; done >keys; wc -c <keys; while read -r key; do"
                                        + " echo $key | base64 -d | od -An -tu1 -w32; done <keys"
                                        + " | awk '$1 % 8 != 0 || int($32 / 64) != 1 { raw = 1 } END { print NR, raw }'")
                        .prints("270", "6 1"),
                row("B03", "umask 022; wg genkey >f; stat -c %a f; wc -c <f")
                        .prints("644", "45")
                        .warnsLike(WORLD)
                        .inOwnWords(),
                row("B03", "umask 022; wg genpsk >f; wc -c <f")
                        .prints("45")
                        .warnsLike(WORLD)
                        .inOwnWords(),
                row("B04", "umask 077; wg genkey >f; wc -c <f").prints("45"),
                row("B04", "touch f; chmod 640 f; wg genkey >f; wc -c <f").prints("45"),
                row("B05", "touch f; chmod 601 f; wg genkey >f; wc -c <f")
                        .prints("45")
                        .warnsLike(WORLD)
                        .inOwnWords(),
                row("B06", "wg genkey >/dev/null"),
                row("B07", "echo $PRIV | wg pubkey").prints("<PUB>"),
                row("B08", "printf %s $PRIV | wg pubkey").prints("<PUB>"),
                row("B09", "printf '%s\\r\\n  \\t\\v\\f' $PRIV | wg pubkey").prints("<PUB>"),
                row("B10", "printf '%s\\0\\0\\n' $PRIV | wg pubkey").prints("<PUB>"),
                row("B11", "echo ${PRIV}x | wg pubkey").fails(TRAILING),
                row("B11", "printf '%s\\nx' $PRIV | wg pubkey").fails(TRAILING),
                row("B11", "echo \" $PRIV\" | wg pubkey").fails(TRAILING),
                row("B12", "printf %s ${PRIV%?} | wg pubkey").fails(BAD_KEY),
                row("B12", "wg pubkey </dev/null").fails(BAD_KEY),
                row("B12", "wg pubkey <&-").fails(BAD_KEY),
                row("B13", "echo ${PRIV%k=}l= | wg pubkey").fails(BAD_KEY),
                row("B14", "echo ${PRIV/+/-} | wg pubkey").fails(BAD_KEY),
                row("B15", "echo $ZERO | wg pubkey").prints("L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q="),
                row("B16", "printf '%.0s/' {1..42} | sed 's:$:8=:' | wg pubkey")
                        .prints("hHwNLDdSNPNl5mCVUYejc1oPdhPRYJ06ak2MU66qWiI="),
                row("B17", "echo AQ${ZERO#AA} | wg pubkey").prints("L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q="));
    }
}
