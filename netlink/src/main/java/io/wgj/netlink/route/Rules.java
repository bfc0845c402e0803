// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_CREATE;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_EXCL;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkConnection.OnInterruption;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;

/// Lists and changes the rules of policy routing over the connection of a [RouteNetlink], which creates and
/// closes it. Listing needs no privilege, changing needs CAP_NET_ADMIN.
public final class Rules {
    private static final int RTM_NEWRULE = 32;
    private static final int RTM_DELRULE = 33;
    private static final int RTM_GETRULE = 34;

    private final NetlinkConnection connection;

    Rules(NetlinkConnection connection) {
        this.connection = connection;
    }

    /// The rules of both families, IPv4 first, each in order of priority. When rules change during the dump,
    /// it starts again.
    public List<PolicyRule> list() throws NetlinkException {
        List<PolicyRule> all = new ArrayList<>(list(IpFamily.V4));
        all.addAll(list(IpFamily.V6));
        return all;
    }

    /// The rules of one family.
    public List<PolicyRule> list(IpFamily family) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder().header(RuleCodec.header(family.number()));
        return connection.dump("list rules", RTM_GETRULE, request.payload(), OnInterruption.RESTART, Collector::new)
                .rules;
    }

    /// Adds a rule; `EEXIST` when the same rule is there at that priority. Without a priority the kernel puts
    /// it before the second of all rules, so that the same rule can be added twice.
    ///
    /// When the kernel accepts the rule but ignores a selector that it does not know, the rule is deleted
    /// again and the result is `EOPNOTSUPP`.
    public void add(PolicyRule rule) throws NetlinkException {
        change("add", RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, rule);
        if (rule.mayBeCut()) {
            refuseCut(rule);
        }
    }

    private void refuseCut(PolicyRule rule) throws NetlinkException {
        for (PolicyRule there : list(rule.family())) {
            if (there.equals(rule)
                    || rule.priority().isEmpty() && there.withoutPriority().equals(rule)) {
                return;
            }
        }
        // The kernel ignores the unknown attributes here, too.
        delete(rule);
        throw NetlinkException.unsupported(operation("add", rule));
    }

    /// Deletes the first rule that matches the whole record; `ENOENT` when there is none.
    public void delete(PolicyRule rule) throws NetlinkException {
        change("delete", RTM_DELRULE, 0, rule);
    }

    /// Adds `rule` and then deletes `old`: the kernel cannot replace rules, and every packet must find one of
    /// them. When `old` cannot be deleted, `rule` is deleted again.
    public void replace(PolicyRule old, PolicyRule rule) throws NetlinkException {
        add(rule);
        try {
            delete(old);
        } catch (NetlinkException e) {
            try {
                delete(rule);
            } catch (NetlinkException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void change(String verb, int type, int flags, PolicyRule rule) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder();
        RuleCodec.encode(request, rule);
        connection.request(operation(verb, rule), type, flags, request.payload(), MessageHandler.NONE);
    }

    private static String operation(String verb, PolicyRule rule) {
        return verb + " rule " + IpRuleSyntax.format(rule, TableNames.STANDARD);
    }

    private static final class Collector implements MessageHandler {
        private final List<PolicyRule> rules = new ArrayList<>();

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            if (message.type() == RTM_NEWRULE) {
                RuleCodec.decode(message).ifPresent(rules::add);
            }
        }
    }
}
