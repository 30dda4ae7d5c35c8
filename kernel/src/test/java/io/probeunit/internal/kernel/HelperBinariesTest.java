package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the build made of helper.c: a program that any image can run. Offsets and numbers: elf.h. */
class HelperBinariesTest {

    private static final int MOST_BYTES = 32 << 10;
    private static final int EXECUTABLE = 2;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final int STACK = 0x6474e551;
    private static final int WRITABLE_AND_EXECUTABLE = 3;

    @ParameterizedTest
    @CsvSource({"x86_64, 62", "aarch64, 183"})
    void is_small_and_static(String architecture, int machine) throws IOException {
        byte[] bytes = helper(architecture);
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(bytes.length).isLessThan(MOST_BYTES);
        assertThat(bytes).startsWith(0x7f, 'E', 'L', 'F');
        assertThat(elf.getShort(16)).isEqualTo((short) EXECUTABLE);
        assertThat(elf.getShort(18)).isEqualTo((short) machine);
        List<Integer> segments = segments(elf).map(at -> elf.getInt(at)).toList();
        assertThat(segments).contains(LOAD).doesNotContain(DYNAMIC, INTERPRETER);
    }

    @ParameterizedTest
    @CsvSource({"x86_64", "aarch64"})
    void has_no_memory_that_can_be_written_and_executed(String architecture) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(helper(architecture)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(segments(elf)
                        .filter(at -> elf.getInt(at) == LOAD || elf.getInt(at) == STACK)
                        .map(at -> elf.getInt(at + 4) & WRITABLE_AND_EXECUTABLE))
                .isNotEmpty()
                .doesNotContain(WRITABLE_AND_EXECUTABLE);
    }

    private static Stream<Integer> segments(ByteBuffer elf) {
        int first = (int) elf.getLong(32);
        int size = elf.getShort(54);
        return IntStream.range(0, elf.getShort(56)).mapToObj(i -> first + i * size);
    }

    /** The lab builds all of them; elsewhere those are left out that no compiler of the machine can make. */
    private static byte[] helper(String architecture) throws IOException {
        String name = "/io/probeunit/internal/kernel/helper-" + architecture;
        try (InputStream stream = HelperBinariesTest.class.getResourceAsStream(name)) {
            assumeTrue(
                    stream != null || System.getProperty("helper.option", "").equals("--all"),
                    () -> "the build left out " + name + ", as its output says");
            assertThat(stream).as(name).isNotNull();
            return stream.readAllBytes();
        }
    }
}
