// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpFamily;
import java.util.ArrayList;
import java.util.List;

/// The order in which the addresses of a name are tried. The families alternate, as in RFC 8305, and the family
/// of the address that fails comes second.
final class AddressOrder {
    private AddressOrder() {}

    /// All of `answers` once, in the order to try them.
    ///
    /// @param failing the family of the address that does not work
    static List<Endpoint.Numeric> of(List<Endpoint.Numeric> answers, IpFamily failing) {
        List<Endpoint.Numeric> first = new ArrayList<>();
        List<Endpoint.Numeric> second = new ArrayList<>();
        for (Endpoint.Numeric answer : answers) {
            List<Endpoint.Numeric> list = answer.address().family() == failing ? second : first;
            if (!list.contains(answer)) {
                list.add(answer);
            }
        }
        List<Endpoint.Numeric> order = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                order.add(first.get(i));
            }
            if (i < second.size()) {
                order.add(second.get(i));
            }
        }
        return order;
    }
}
