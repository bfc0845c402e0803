// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Ran;
import io.wgj.netlink.sys.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// After any `up`, `plan reload --check` of the same file has nothing to do; and after a `reload` to any other
/// file, none for that one. Over thousands of generated files, in this JVM and on the real network.
class ReloadPropertyTest {
    private static final int FIRST_FILES = 200;
    private static final int FURTHER_FILES = 1_800;
    /// In an emulated machine one takes seconds: 60 took six and a half minutes beside a load of twenty.
    private static final int FILES_WITH_MODULE = 40;

    private static final int A_NAMESPACE = 50;
    private static final String LINK = "wgjprop";

    @Test
    @Tag("namespace")
    void anUnchangedFileChangesNothing() throws Exception {
        generate(0, FIRST_FILES, false);
    }

    @Test
    @Tag("namespace")
    @Tag("long")
    void norDoesAnyOfManyMore() throws Exception {
        generate(1_000, FURTHER_FILES, false);
    }

    @Test
    @Tag("kernel")
    void anUnchangedFileChangesNothingOfADeviceInTheKernel() throws Exception {
        generate(0, FILES_WITH_MODULE, true);
    }

    /// @param start the number of the first file, from which it is generated
    /// @param files how many that `up` accepts
    private static void generate(int start, int files, boolean module) throws Exception {
        Tally tally = new Tally();
        for (int first = start; tally.up < files; first += A_NAMESPACE) {
            int from = first;
            Namespaces.on(() -> {
                try (GeneratedWorld world = GeneratedWorld.enter(LINK, module)) {
                    for (int i = from; i < from + A_NAMESPACE && tally.up < files; i++) {
                        one(world, i, tally);
                    }
                }
                return true;
            });
        }
        assertThat(tally.failures)
                .as(tally.failures.size() + " failures; " + tally)
                .isEmpty();
        // Files that cannot work are refused; if that were most of them, this would show nothing.
        assertThat(tally.refused).as("refused files, beside " + tally).isLessThan(files / 2);
        assertThat(tally.reloaded)
                .as("reloads to another file, beside " + tally)
                .isGreaterThan(files / 10);
    }

    private static final class Tally {
        private int up;
        private int refused;
        private int reloaded;
        private int unreloaded;
        private final List<String> failures = new ArrayList<>();

        @Override
        public String toString() {
            return up + " up, " + refused + " refused, " + reloaded + " reloaded, " + unreloaded + " refused to reload";
        }
    }

    private static void one(GeneratedWorld world, int number, Tally tally) throws Exception {
        Random random = new Random(number);
        String file = GeneratedFile.of(random, 12);
        Ran up = world.quick(file, "up");
        if (up.exit() != 0) {
            tally.refused++;
            world.clean();
            return;
        }
        tally.up++;
        expectNothing(world, file, number, "after `up`", up, tally);
        if (random.nextInt(3) == 0) {
            String other = GeneratedFile.of(random, 0);
            Ran reload = world.quick(other, "reload");
            if (reload.exit() == 0) {
                tally.reloaded++;
                file = other;
            } else {
                tally.unreloaded++;
            }
            expectNothing(world, file, number, "after `reload` to\n" + other, reload, tally);
        }
        Ran down = world.quick(file, "down");
        if (down.exit() != 0) {
            tally.failures.add("file " + number + ", `down` fails:\n" + file + down);
        }
        world.clean();
    }

    private static void expectNothing(
            GeneratedWorld world, String file, int number, String when, Ran before, Tally tally) throws Exception {
        Ran plan = world.quick(file, "plan", "reload", "--check");
        if (plan.exit() != 0) {
            tally.failures.add("file " + number + " " + when + ":\n" + file + "-- before: " + before + "\n-- " + plan);
        }
    }
}
