// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.text.Printable;
import io.wgj.monitor.model.MonitorEvent;

/// Events as lines of a log: `wg0: peer xTIB…Dg= (office): peer-down: 12 answers missing, 2 calls unanswered`.
final class EventText {
    private EventText() {}

    static String of(MonitorEvent event) {
        StringBuilder line = new StringBuilder();
        event.iface().ifPresent(name -> line.append(Printable.of(name.text())).append(": "));
        event.peer().ifPresent(key -> line.append("peer ").append(key.toBase64()));
        event.name().ifPresent(name -> line.append(" (").append(name).append(')'));
        if (event.peer().isPresent()) {
            line.append(": ");
        }
        line.append(event.kind().text());
        return event.reason().isEmpty()
                ? line.toString()
                : line.append(": ").append(event.reason()).toString();
    }
}
