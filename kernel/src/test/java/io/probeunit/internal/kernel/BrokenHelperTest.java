package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a helper does that is killed while it speaks. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenHelperTest {

    private final CountDownLatch asked = new CountDownLatch(1);

    /** Else the first half would be taken for all of it. */
    @Test
    void half_an_answer_is_none() {
        // the answer to the first request: a status, the number of results, one result of two
        byte[] half = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Wire.MAGIC)
                .putInt(24)
                .putInt(1)
                .putInt(Wire.ANSWER)
                .putInt(0)
                .putInt(1)
                .putLong(7)
                .array();
        Batch batch = new Batch();
        batch.call(SystemCall.GETPID);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> kernel(half).call(batch))
                .withMessage("it was killed")
                .matches(KernelException::isUnreachable);
    }

    /** Answers once it is asked. */
    private HelperKernel kernel(byte[] answer) {
        InputStream told = new ByteArrayInputStream(answer) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                awaitQuestion();
                return super.read(into, offset, length);
            }
        };
        OutputStream asks = new OutputStream() {
            @Override
            public void write(int b) {
                asked.countDown();
            }
        };
        return new HelperKernel(Machine.X86_64, told, asks, () -> "it was killed");
    }

    private void awaitQuestion() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
