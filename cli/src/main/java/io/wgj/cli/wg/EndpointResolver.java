// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.LookupException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.key.KeyMask;
import io.wgj.config.net.AddressResolver;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import io.wgj.config.net.ResolveException;
import io.wgj.config.text.Ascii;
import org.jspecify.annotations.Nullable;

/// Resolves names as patiently as `wg`. A failure that may be temporary is retried after one second, then after
/// longer and longer waits.
public final class EndpointResolver implements AddressResolver {
    static final String RETRIES = "WG_ENDPOINT_RESOLUTION_RETRIES";
    private static final long DEFAULT_RETRIES = 15;
    private static final long FOREVER = Long.MAX_VALUE;
    private static final long FIRST_WAIT_MICROS = 1_000_000;
    private static final long LONGEST_WAIT_MICROS = 20_000_000;

    private final Host host;
    private final boolean patient;

    public EndpointResolver(Host host) {
        this(host, true);
    }

    private EndpointResolver(Host host, boolean patient) {
        this.host = host;
        this.patient = patient;
    }

    /// A resolver that asks once, without retries.
    public static EndpointResolver impatient(Host host) {
        return new EndpointResolver(host, false);
    }

    /// Why a name was not found, and what to do, as a sentence without a full stop.
    public static String explain(ResolveException failure) {
        String hint = ValueSyntax.endpointHint(failure.text());
        if (!hint.isEmpty()) {
            return "an endpoint is one host and one port; " + hint;
        }
        return switch (failure.reason()) {
            // The words of glibc for EAI_AGAIN, EAI_SERVICE.
            case "Temporary failure in name resolution" -> "no name server answered";
            case "Servname not supported for ai_socktype" ->
                "a port is a number from 0 to 65535, or a name in /etc/services";
            default -> "the system's resolver does not know it";
        };
    }

    /// Refuses a bad number of retries in the environment. The original checks it before any endpoint, even a
    /// numeric one.
    public void checkRetries() throws RefusalException {
        String value = host.env(RETRIES);
        if (parseRetries(value) < 0) {
            throw new RefusalException(
                    "Unable to parse " + RETRIES + ": `" + value + "'",
                    RETRIES + " is a number of retries up to 2147483647, or infinity");
        }
    }

    @Override
    public Endpoint.Numeric resolve(Endpoint.Named endpoint) throws ResolveException {
        // Every endpoint has all retries to itself.
        long retries = patient ? Math.max(0, parseRetries(host.env(RETRIES))) : 0;
        long micros = FIRST_WAIT_MICROS;
        while (true) {
            try {
                return host.names().lookup(endpoint.host(), endpoint.service());
            } catch (LookupException failure) {
                if (failure.permanent() || retries-- == 0) {
                    throw new ResolveException(failure.sentence(), endpoint.text());
                }
                host.err(KeyMask.hide(failure.sentence() + ": `" + endpoint.text() + "'. Trying again in "
                        + seconds(micros) + " seconds...\n"));
                host.sleep(micros / 1000);
                micros = Math.min(LONGEST_WAIT_MICROS, micros * 6 / 5);
            }
        }
    }

    @Override
    public int resolve(ListenPort.Service service) throws ResolveException {
        try {
            return host.names().port(service.name());
        } catch (LookupException failure) {
            throw new ResolveException(failure.sentence(), service.name());
        }
    }

    /// Two decimals, as printf rounds them.
    private static String seconds(long micros) {
        long hundredths = (micros + 5_000) / 10_000;
        long rest = hundredths % 100;
        return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    /// As `strtoul` reads it: blanks and a sign may lead, no digits are 0. Negative when it is not a number of
    /// retries.
    private static long parseRetries(@Nullable String value) {
        if (value == null) {
            return DEFAULT_RETRIES;
        }
        if (value.equals("infinity")) {
            return FOREVER;
        }
        int at = 0;
        while (at < value.length() && Ascii.isSpace(value.charAt(at))) {
            at++;
        }
        if (at < value.length() && value.charAt(at) == '+') {
            at++;
        }
        if (at == value.length()) {
            return value.isEmpty() ? 0 : -1;
        }
        long retries = 0;
        for (; at < value.length(); at++) {
            int digit = value.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            retries = retries * 10 + digit;
            if (retries > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return retries;
    }
}
