package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.binary.BinaryFile;
import io.probeunit.binary.BinaryReader;
import io.probeunit.binary.Mark;
import io.probeunit.conformance.kit.Subjects;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The semaphores of CPython's marks, read out of the memory of the process: raised while a test wants the mark. */
@Tag("attach")
@Testcontainers
@Timeout(120)
class SemaphoresInMemoryTest {

    private static final String WANTED = "function__entry";
    private static final String UNWANTED = "function__return";

    @Container
    static final GenericContainer<?> python = new GenericContainer<>(
            new ImageFromDockerfile("probeunit-conformance/python", false).withFileFromClasspath(".", "python"));

    @Test
    void areRaisedWhileATestWantsTheMark() throws IOException {
        assertThat(semaphore(WANTED)).isZero();
        assertThat(semaphore(UNWANTED)).isZero();

        Subjects.run(Wanting.class).allPassed();

        // letting go takes some tens of milliseconds, in which nobody waits
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(semaphore(WANTED)).isZero());
        assertThat(semaphore(UNWANTED)).isZero();
    }

    static class Wanting {
        @Probed
        static final GenericContainer<?> python = SemaphoresInMemoryTest.python;

        @Test
        @ExpectMark(value = "python:" + WANTED, times = 0)
        void wants() throws IOException {
            assertThat(semaphore(WANTED)).isPositive();
            assertThat(semaphore(UNWANTED)).isZero();
        }
    }

    /** Sixteen bits at the address that the note gives; Debian links its interpreter to fixed addresses. */
    private static int semaphore(String mark) throws IOException {
        Path process = Path.of(
                "/proc",
                python.getCurrentContainerInfo().getState().getPidLong().toString());
        BinaryFile interpreter =
                BinaryReader.read(ByteBuffer.wrap(Files.readAllBytes(process.resolve("exe"))), "python3");
        assertThat(interpreter.positionIndependent()).isFalse();
        Mark found = interpreter.marks().stream()
                .filter(m -> m.name().equals(mark))
                .findFirst()
                .orElseThrow();
        try (RandomAccessFile memory =
                new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            memory.seek(found.sites().get(0).semaphore().orElseThrow().address());
            return Short.toUnsignedInt(Short.reverseBytes(memory.readShort()));
        }
    }
}
