// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLookupTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 51820, 192.0.2.1",
        "127.1, 1, 127.0.0.1",
        "0x7f.1, 65535, 127.0.0.1",
        "2001:db8::1, 0, 2001:db8::1",
        "255.255.255.255, 53, 255.255.255.255"
    })
    void readsEveryFormOfAddress(String host, int port, String address) throws NameLookupException {
        assertThat(NameLookup.udp(host, Integer.toString(port), 0))
                .containsExactly(new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), port));
    }

    @Test
    void readsAScope() throws NameLookupException {
        int loopback = Interfaces.indexOf("lo");

        assertThat(NameLookup.udp("fe80::1%lo", "7", 0))
                .containsExactly(new Endpoint.Numeric(IpAddress.ofV6(0xfe80_0000_0000_0000L, 1), 7, loopback));
    }

    @Test
    void knowsServiceNames() throws NameLookupException {
        assertThat(NameLookup.udp(null, "domain", NameLookup.AI_PASSIVE))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.port()).isEqualTo(53));
    }

    @Test
    void listsTheWildcardAddressesWhenThereIsNoHost() throws NameLookupException {
        assertThat(NameLookup.udp(null, "9", NameLookup.AI_PASSIVE))
                .contains(new Endpoint.Numeric(IpAddress.ofV4(0), 9));
    }

    @Test
    void findsHostsOfTheHostsFile() throws NameLookupException {
        assertThat(NameLookup.udp("localhost", "9", 0)).contains(new Endpoint.Numeric(IpAddress.ofV4(0x7f000001), 9));
    }

    @ParameterizedTest
    @CsvSource({
        "not an address, 1, 4, -2, Name or service not known",
        "127.0.0.1, no-such-service, 0, -8, Servname not supported for ai_socktype",
        "127.0.0.1, 1, 65536, -1, Bad value for ai_flags"
    })
    void saysWhyNot(String host, String service, int flags, int code, String message) {
        assertThatThrownBy(() -> NameLookup.udp(host, service, flags))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        NameLookupException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aSystemErrorShowsItsNumber() {
        NameLookupException exception =
                new NameLookupException(NameLookupException.EAI_SYSTEM, "System error", new Errno(Errno.EMFILE));

        assertThat(exception).hasMessage("Too many open files");
    }
}
