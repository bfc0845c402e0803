// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GsoSenderTest {
    private final List<String> calls = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    /// What a call with several segments returns; 0 for success.
    private int trainErrno;

    private int singleErrno;

    private int call(int descriptor, int offset, int length, int segment) {
        assertThat(descriptor).isEqualTo(3);
        calls.add(offset + "+" + length + (segment > 0 ? "/" + segment : ""));
        int errno = segment > 0 ? trainErrno : singleErrno;
        return errno == 0 ? length : -errno;
    }

    private GsoSender sending(EngineFeatures features) {
        return new GsoSender("IPv4", features, notices::add);
    }

    @Test
    void aTrainIsOneCall() {
        GsoSender sending = sending(EngineFeatures.ALL_ON);
        assertThat(sending.send(this::call, 3, 250, 100)).isZero();
        assertThat(sending.send(this::call, 3, 100, 100)).isZero();
        assertThat(sending.send(this::call, 3, 70, 0)).isZero();
        assertThat(calls).containsExactly("0+250/100", "0+100", "0+70");
    }

    @Test
    void aDeviceWithoutChecksumsEndsTrainsForGood() {
        GsoSender sending = sending(EngineFeatures.ALL_ON);
        trainErrno = Errno.EIO;
        assertThat(sending.send(this::call, 3, 250, 100)).isZero();
        assertThat(sending.send(this::call, 3, 250, 100)).isZero();
        assertThat(calls).containsExactly("0+250/100", "0+100", "100+100", "200+50", "0+100", "100+100", "200+50");
        assertThat(notices).hasSize(1).first().asString().contains("IPv4");
        assertThat(sending.splits()).isEqualTo(2);
        assertThat(sending.refusals()).isEqualTo(1);
        assertThat(sending.state()).isEqualTo("refused");
    }

    @Test
    void trainsThatAreSwitchedOffAreSplitAndCountedWithoutAWord() {
        GsoSender sending = sending(EngineFeatures.allBut(EngineFeature.UDP_SEND_TRAINS));
        assertThat(sending.send(this::call, 3, 250, 100)).isZero();
        assertThat(calls).containsExactly("0+100", "100+100", "200+50");
        assertThat(notices).isEmpty();
        assertThat(sending.splits()).isEqualTo(1);
        assertThat(sending.refusals()).isZero();
        assertThat(sending.state()).isEqualTo("no");
    }

    @Test
    void aTrainThatDoesNotFitIsSplitThisOnce() {
        GsoSender sending = sending(EngineFeatures.ALL_ON);
        trainErrno = Errno.EMSGSIZE;
        assertThat(sending.send(this::call, 3, 200, 100)).isZero();
        trainErrno = 0;
        assertThat(sending.send(this::call, 3, 200, 100)).isZero();
        assertThat(calls).containsExactly("0+200/100", "0+100", "100+100", "0+200/100");
        assertThat(notices).isEmpty();
        assertThat(sending.splits()).isEqualTo(1);
        assertThat(sending.state()).isEqualTo("yes");
    }

    @Test
    void otherFailuresAreReturned() {
        GsoSender sending = sending(EngineFeatures.ALL_ON);
        trainErrno = Errno.EAGAIN;
        assertThat(sending.send(this::call, 3, 200, 100)).isEqualTo(Errno.EAGAIN);
        trainErrno = Errno.EINVAL;
        singleErrno = Errno.EINVAL;
        assertThat(sending.send(this::call, 3, 200, 100)).isEqualTo(Errno.EINVAL);
        assertThat(calls).containsExactly("0+200/100", "0+200/100", "0+100");
    }

    @Test
    void anEqualLastSegmentIsAvoidedWhereThatIsOff() {
        GsoSender sending = sending(EngineFeatures.allBut(EngineFeature.EQUAL_LAST_SEGMENT));
        sending.send(this::call, 3, 200, 100);
        sending.send(this::call, 3, 201, 100);
        assertThat(calls).containsExactly("0+100", "100+100", "0+201/100");
    }
}
