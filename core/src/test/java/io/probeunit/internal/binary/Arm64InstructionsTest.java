package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words as GNU as encodes them. */
class Arm64InstructionsTest {

    private static Instruction read(String word) {
        ByteBuffer code = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        code.putInt(0, (int) Long.parseLong(word, 16));
        return new Arm64Instructions().read(FileContent.of(code), 0, 4).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "14000002, 8, JUMP",
        "17ffffff, -4, JUMP",
        "97fffffe, -8, CALL",
        "54ffffe0, -4, BRANCH",
        "b4000040, 8, BRANCH",
        "35ffffa1, -12, BRANCH",
        "3607ffe0, -4, BRANCH",
        "b7f80041, 8, BRANCH"
    })
    void jumps_and_calls_name_their_targets(String word, int target, Instruction.Flow flow) {
        assertThat(read(word).target()).hasValue(target);
        assertThat(read(word).flow()).isEqualTo(flow);
    }

    @ParameterizedTest
    @CsvSource({"d503201f, true", "d65f03c0, false", "d503233f, false"})
    void a_nop_is_known(String word, boolean nop) {
        assertThat(read(word).isNop()).isEqualTo(nop);
        assertThat(read(word).target()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"f9400b90, true", "eb30631f, true", "f81e0ffe, false", "94000000, false", "a9bf7bfd, false"})
    void stores_and_branches_are_told_from_the_rest(String word, boolean stays) {
        assertThat(Arm64Instructions.staysInRegisters(read(word).opcode())).isEqualTo(stays);
    }
}
