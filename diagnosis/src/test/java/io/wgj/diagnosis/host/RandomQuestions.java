// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.FlowQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random questions near the routes of a [RandomSystem]. Multicast and the limited broadcast are left out: they
/// are not judged.
final class RandomQuestions {
    private static final String[] FAR4 = {
        "8.8.8.8", "192.0.2.1", "127.0.0.1", "10.1.0.255", "127.3.3.3", "10.2.1.0", "169.254.1.1", "200.1.1.1"
    };
    private static final String[] FAR6 = {"2a00::1", "fe80::7", "2001:db8:9::1", "::1", "64:ff9b::1"};

    private final RandomSystem system;
    private final Random random;
    private final Addresses addresses;

    RandomQuestions(RandomSystem system) {
        this.system = system;
        this.random = system.random();
        this.addresses = system.addresses();
    }

    List<FlowQuestion> take(int count) {
        List<FlowQuestion> questions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            questions.add(question(random.nextBoolean() ? IpFamily.V6 : IpFamily.V4));
        }
        return questions;
    }

    private FlowQuestion question(IpFamily family) {
        FlowQuestion question =
                FlowQuestion.to(destination(family)).withMark(addresses.one(0, 0, 0, 1, 2, 0xca6c, 0xca6d, 0x13));
        double source = random.nextDouble();
        if (source < .25) {
            question = question.from(parse(local(family)));
        } else if (source < .35) {
            question = question.from(parse(addresses.address(family)));
        }
        List<String> names = system.devicesAndVrfs();
        double device = random.nextDouble();
        boolean comesIn = device < (system.isAboutFilters() ? .6 : .25);
        if (comesIn) {
            question = question.comingInBy(names.get(random.nextInt(names.size())));
            if (question.source().isEmpty()) {
                question = question.from(parse(addresses.address(family)));
            }
        } else if (device < (system.isAboutFilters() ? .65 : .4)) {
            names.add("lo");
            question = question.boundTo(names.get(random.nextInt(names.size())));
        }
        if (random.nextDouble() < .12) {
            question = question.withTos(addresses.one(0x08, 0x10, 0x04, 0x28, 0x90));
        }
        if (random.nextDouble() < .3) {
            int protocol = addresses.one(
                    FlowQuestion.TCP,
                    FlowQuestion.UDP,
                    FlowQuestion.UDP,
                    family == IpFamily.V6 ? FlowQuestion.ICMPV6 : FlowQuestion.ICMP);
            question = question.withProtocol(protocol);
            if (protocol == FlowQuestion.TCP || protocol == FlowQuestion.UDP) {
                question = question.withPorts(addresses.one(0, 53, 1500), addresses.one(0, 53, 1500, 80));
            }
        }
        if (random.nextDouble() < .1 && !comesIn) {
            question = question.withUid(addresses.one(100, 150, 1000));
        }
        return question;
    }

    private IpAddress destination(IpFamily family) {
        List<String> prefixes = system.prefixes(family);
        String prefix = prefixes.get(random.nextInt(prefixes.size()));
        double how = random.nextDouble();
        IpAddress address;
        if (how < .25 || prefix.equals("default")) {
            address = parse(addresses.address(family));
        } else if (how < .35) {
            address = parse(local(family));
        } else if (how < .42) {
            address = parse(addresses.one(family == IpFamily.V6 ? FAR6 : FAR4));
        } else {
            int slash = prefix.indexOf('/');
            IpPrefix parsed =
                    new IpPrefix(parse(prefix.substring(0, slash)), Integer.parseInt(prefix.substring(slash + 1)));
            address = addresses.within(parsed);
        }
        boolean multicast = family == IpFamily.V6 ? address.high() >>> 56 == 0xff : address.low() >>> 28 >= 0xe;
        return multicast ? parse(family == IpFamily.V6 ? "2a00::2" : "192.0.2.2") : address;
    }

    private String local(IpFamily family) {
        List<String> local = system.local(family);
        return local.isEmpty() ? family == IpFamily.V6 ? "::1" : "127.0.0.1" : local.get(random.nextInt(local.size()));
    }

    private static IpAddress parse(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
