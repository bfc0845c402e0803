// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.NameLookup;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.NameLookupException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system's resolver.
final class LinuxNames implements NameLookup {
    @Override
    public Endpoint.Numeric lookup(String host, String service) throws LookupException {
        io.wgj.netlink.sys.NameLookup.Found found = first(host, service, 0);
        return new Endpoint.Numeric(IpAddress.of(found.address()), found.port(), found.scopeId());
    }

    @Override
    public int port(String service) throws LookupException {
        return first(null, service, io.wgj.netlink.sys.NameLookup.AI_PASSIVE).port();
    }

    private static io.wgj.netlink.sys.NameLookup.Found first(@Nullable String host, String service, int flags)
            throws LookupException {
        try {
            List<io.wgj.netlink.sys.NameLookup.Found> found = io.wgj.netlink.sys.NameLookup.udp(host, service, flags);
            if (found.isEmpty()) {
                throw new LookupException("No address associated with hostname", true);
            }
            return found.getFirst();
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
