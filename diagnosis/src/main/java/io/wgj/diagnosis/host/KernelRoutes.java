// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.route.FibQuery;
import io.wgj.netlink.route.FibReader;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// Asks the kernel the questions that a look-up answers from a snapshot.
public final class KernelRoutes {
    private final FibReader fib;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /// @param snapshot names the devices
    public KernelRoutes(RouteNetlink netlink, HostSnapshot snapshot) {
        fib = netlink.fib();
        for (NetworkDevice device : snapshot.devices()) {
            indexes.put(device.name(), device.index());
            names.put(device.index(), device.name());
        }
    }

    /// The kernel's answers, in the order of the questions. A device that the snapshot lacks is answered as the
    /// kernel would: there is no such device.
    public List<KernelAnswer> ask(List<FlowQuestion> questions) throws NetlinkException {
        List<FibQuery> queries = new ArrayList<>(questions.size());
        for (FlowQuestion question : questions) {
            queries.add(query(question));
        }
        IntFunction<String> nameOf = index -> names.getOrDefault(index, "if" + index);
        List<FibReader.Found> ways = fib.find(queries, false, nameOf);
        List<FibReader.Found> matches = fib.find(queries, true, nameOf);
        List<KernelAnswer> answers = new ArrayList<>(questions.size());
        for (int i = 0; i < ways.size(); i++) {
            FibReader.Found way = ways.get(i);
            boolean known = isKnown(questions.get(i));
            OptionalInt error = !known
                    ? OptionalInt.of(Errno.ENODEV)
                    : way.refusal().isPresent()
                            ? OptionalInt.of(way.refusal().get().errno().number())
                            : OptionalInt.empty();
            answers.add(new KernelAnswer(
                    error,
                    error.isPresent() ? Optional.empty() : way.route(),
                    error.isPresent() ? Optional.empty() : matches.get(i).route()));
        }
        return answers;
    }

    private boolean isKnown(FlowQuestion question) {
        return (question.iif().isEmpty() || indexes.containsKey(question.iif().get()))
                && (question.oif().isEmpty()
                        || indexes.containsKey(question.oif().get()));
    }

    private FibQuery query(FlowQuestion question) {
        return new FibQuery(
                question.destination(),
                question.source(),
                question.mark(),
                question.iif().map(name -> indexes.getOrDefault(name, 0)).orElse(0),
                question.oif().map(name -> indexes.getOrDefault(name, 0)).orElse(0),
                question.tos(),
                question.protocol(),
                question.sourcePort(),
                question.destinationPort(),
                question.uid());
    }
}
