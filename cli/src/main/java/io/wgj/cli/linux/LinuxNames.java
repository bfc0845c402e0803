// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.Names;
import io.wgj.config.net.Endpoint;
import io.wgj.netlink.sys.NameLookup;
import io.wgj.netlink.sys.NameLookupException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system's resolver.
final class LinuxNames implements Names {
    @Override
    public Endpoint.Numeric lookup(String host, String service) throws LookupException {
        return all(host, service, 0).getFirst();
    }

    @Override
    public List<Endpoint.Numeric> addresses(String host) throws LookupException {
        return all(host, null, 0);
    }

    @Override
    public int port(String service) throws LookupException {
        return all(null, service, NameLookup.AI_PASSIVE).getFirst().port();
    }

    private static List<Endpoint.Numeric> all(@Nullable String host, @Nullable String service, int flags)
            throws LookupException {
        try {
            List<Endpoint.Numeric> found = NameLookup.udp(host, service, flags);
            if (found.isEmpty()) {
                throw new LookupException("No address associated with hostname", true);
            }
            return found;
        } catch (NameLookupException failure) {
            String message = failure.getMessage();
            throw new LookupException(message == null ? failure.text() : message, isPermanent(failure.code()));
        }
    }

    private static boolean isPermanent(int code) {
        return code == NameLookupException.EAI_NONAME
                || code == NameLookupException.EAI_FAIL
                || code == NameLookupException.EAI_NODATA;
    }
}
