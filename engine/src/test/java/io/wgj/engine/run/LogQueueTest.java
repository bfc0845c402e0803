// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogQueueTest {
    private final Reader reader = new Reader();
    private final PrintStream out = new PrintStream(reader, true, StandardCharsets.UTF_8);
    private final LogQueue queue = new LogQueue(out, leftOut -> leftOut + " left out");

    @Test
    void writesAllLinesInOrder() {
        reader.goOn.countDown();
        for (int i = 0; i < 500; i++) {
            queue.add("line " + i);
        }
        queue.flush();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            expected.append("line ").append(i).append('\n');
        }
        assertThat(reader.read()).isEqualTo(expected.toString());
    }

    @Test
    void callersNeverWaitForTheReaderAndMissingLinesAreCounted() throws InterruptedException {
        queue.add("first");
        assertThat(reader.asked.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < LogQueue.MOST + 7; i++) {
            queue.add("line " + i);
        }
        reader.goOn.countDown();
        queue.flush();
        queue.add("later");
        queue.flush();
        assertThat(reader.read().lines())
                .hasSize(LogQueue.MOST + 3)
                .startsWith("first", "line 0")
                .endsWith("line " + (LogQueue.MOST - 1), "7 left out", "later");
    }

    @Test
    void theEndDoesNotWaitForAReaderThatDoesNotRead() throws InterruptedException {
        queue.add("first");
        assertThat(reader.asked.await(10, TimeUnit.SECONDS)).isTrue();
        queue.flush();
        assertThat(reader.read()).isEmpty();
        reader.goOn.countDown();
    }

    /// Takes nothing before the test allows it.
    private static final class Reader extends OutputStream {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            asked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            synchronized (bytes) {
                bytes.write(from, offset, length);
            }
        }

        String read() {
            synchronized (bytes) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
