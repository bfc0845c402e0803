// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.TunDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// With kernels that know less than the one this runs on.
class TunOffloadsTest {
    private static final int TSO = TunDevice.TUN_F_CSUM | TunDevice.TUN_F_TSO4 | TunDevice.TUN_F_TSO6;
    private static final int USO = TunDevice.TUN_F_USO4 | TunDevice.TUN_F_USO6;

    private final List<Integer> offers = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    /// What a kernel that knows these flags and no others answers.
    private TunOffloads negotiate(int known, EngineFeatures features) throws SystemException {
        return TunOffloads.negotiate(
                offer -> {
                    offers.add(offer);
                    if ((offer & ~known) != 0) {
                        throw new SystemException("ioctl", new Errno(Errno.EINVAL));
                    }
                },
                features,
                notices::add);
    }

    private int taken() {
        return offers.getLast();
    }

    @Test
    void aNewKernelTakesEverything() throws SystemException {
        assertThat(negotiate(-1, EngineFeatures.ALL_ON)).isEqualTo(new TunOffloads(true, true));
        assertThat(taken()).isEqualTo(TSO | USO | TunDevice.TUN_F_TSO_ECN);
        assertThat(notices).isEmpty();
    }

    @Test
    void aKernelWithoutEcnKeepsTheRest() throws SystemException {
        assertThat(negotiate(TSO | USO, EngineFeatures.ALL_ON)).isEqualTo(new TunOffloads(true, true));
        assertThat(notices).isEmpty();
    }

    @Test
    void aKernelBefore62JoinsTcpAlone() throws SystemException {
        assertThat(negotiate(TSO | TunDevice.TUN_F_TSO_ECN, EngineFeatures.ALL_ON))
                .isEqualTo(new TunOffloads(true, false));
        assertThat(taken()).isEqualTo(TSO | TunDevice.TUN_F_TSO_ECN);
        assertThat(notices).singleElement().asString().contains("USO");
    }

    @Test
    void aTunWithoutLargePacketsIsUsedAsItIs() throws SystemException {
        assertThat(negotiate(0, EngineFeatures.ALL_ON)).isEqualTo(TunOffloads.NONE);
        assertThat(notices).singleElement().asString().contains("no offloads");
    }

    @Test
    void whatIsSwitchedOffIsNeitherOfferedNorReported() throws SystemException {
        assertThat(negotiate(-1, EngineFeatures.allBut(EngineFeature.TUN_USO))).isEqualTo(new TunOffloads(true, false));
        assertThat(offers).noneMatch(offer -> (offer & USO) != 0);
        assertThat(negotiate(-1, EngineFeatures.allBut(EngineFeature.TUN_OFFLOADS)))
                .isEqualTo(TunOffloads.NONE);
        assertThat(taken()).isZero();
        assertThat(notices).isEmpty();
    }

    @Test
    void anotherRefusalIsAFailure() {
        assertThatThrownBy(() -> TunOffloads.negotiate(
                        _ -> {
                            throw new SystemException("ioctl", new Errno(Errno.EPERM));
                        },
                        EngineFeatures.ALL_ON,
                        notices::add))
                .hasMessageContaining("EPERM");
    }

    private static int opened(int refused, int errno, EngineFeatures features) throws SystemException {
        return TunOffloads.open(
                flags -> {
                    if (flags == refused || refused < 0) {
                        throw new SystemException("ioctl", new Errno(errno));
                    }
                    return flags;
                },
                features);
    }

    @Test
    void aDriverThatDoesNotKnowTheHeaderIsOpenedWithoutIt() throws SystemException {
        int header = TunDevice.IFF_VNET_HDR;
        assertThat(opened(0, Errno.EINVAL, EngineFeatures.ALL_ON)).isEqualTo(header);
        assertThat(opened(header, Errno.EINVAL, EngineFeatures.ALL_ON)).isZero();
        assertThat(opened(header, Errno.EINVAL, EngineFeatures.allBut(EngineFeature.TUN_OFFLOADS)))
                .isZero();
        assertThatThrownBy(() -> opened(header, Errno.EBUSY, EngineFeatures.ALL_ON))
                .hasMessageContaining("EBUSY");
        assertThatThrownBy(() -> opened(-1, Errno.EINVAL, EngineFeatures.ALL_ON))
                .hasMessageContaining("EINVAL");
    }

    @Test
    void aSentenceIsSaidOnce() {
        OperatorLog once = OperatorLog.once(notices::add);
        once.report("one");
        once.report("other");
        once.report("one");
        assertThat(notices).containsExactly("one", "other");
    }
}
