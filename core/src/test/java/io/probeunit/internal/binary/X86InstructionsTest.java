package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes as objdump 2.40 prints them; that all of some libraries agree is shown in the module of conformance. */
class X86InstructionsTest {

    private static final X86Instructions SET = new X86Instructions();

    private static Optional<Instruction> read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return SET.read(FileContent.of(ByteBuffer.wrap(bytes)), 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "55, push",
                "41 54, push %r12",
                "48 83 ec 08, sub $8;%rsp",
                "48 81 ec 18 40 00 00, sub $0x4018;%rsp",
                "66 81 c1 34 12, add $0x1234;%cx",
                "48 b8 11 22 33 44 55 66 77 88, movabs",
                "66 b8 34 12, mov $0x1234;%ax",
                "b8 01 00 00 00, mov $1;%eax",
                "64 48 8b 04 25 28 00 00 00, mov %fs:0x28;%rax",
                "48 8d 05 f9 2d 00 00, lea 0x2df9(%rip);%rax",
                "c7 84 24 80 00 00 00 01 00 00 00, movl $1;0x80(%rsp)",
                "66 c7 45 f0 34 12, movw $0x1234;-16(%rbp)",
                "80 3d 10 20 00 00 00, cmpb $0;0x2010(%rip)",
                "f6 c1 01, test $1;%cl",
                "f6 d1, not %cl",
                "f7 c1 00 01 00 00, test $0x100;%ecx",
                "66 f7 c1 00 01, test $0x100;%cx",
                "f7 d1, not %ecx",
                "a1 88 77 66 55 44 33 22 11, movabs 0x1122334455667788;%eax",
                "67 a1 44 33 22 11, addr32 mov 0x11223344;%eax",
                "c8 10 00 00, enter",
                "c2 08 00, ret $8",
                "69 c0 e8 03 00 00, imul $0x3e8;%eax;%eax",
                "6b c0 0a, imul $10;%eax;%eax",
                "0f 1f 44 00 00, nop of five bytes",
                "66 2e 0f 1f 84 00 00 00 00 00, nop of ten bytes",
                "f3 0f 1e fa, endbr64",
                "f0 0f b1 16, lock cmpxchg",
                "0f ba e0 07, bt",
                "0f a4 c2 05, shld",
                "66 0f 3a 0f c1 08, palignr",
                "66 0f 38 00 c1, pshufb",
                "f2 48 0f 38 f1 c7, crc32",
                "66 0f 73 d8 08, psrldq",
                "0f 0f c1 9e, pfadd of 3DNow!",
                "66 0f 78 c0 08 04, extrq of SSE4a",
                "f2 0f 78 c1 08 04, insertq",
                "0f 78 c1, vmread",
                "0f 20 c0, mov %cr0;%rax",
                "c5 f9 6f 00, vmovdqa",
                "c5 f8 77, vzeroupper",
                "c4 e2 7d 18 05 10 20 00 00, vbroadcastss 0x2010(%rip)",
                "c4 e3 7d 39 c1 01, vextracti128",
                "c5 f9 70 c1 1b, vpshufd",
                "3e c4 62 fb f6 a6 20 00 00 00, ds mulx",
                "62 f1 7c 48 10 47 01, vmovups of EVEX",
                "62 f3 75 48 25 c2 96, vpternlogd",
                "62 f5 7c 48 58 c1, vaddph",
                "8f e9 78 10 c0, vprotb of XOP",
                "8f ea 78 10 c0 01 00 00 00, bextr of XOP",
                "8f c0, pop",
                "8f 44 24 08, pop 8(%rsp)",
                "66 66 48 e8 00 00 00 00, call of a thread's variable"
            })
    void its_bytes_are_counted(String hex, String meaning) {
        assertThat(read(hex))
                .as(meaning)
                .map(Instruction::length)
                .contains(hex.replace(" ", "").length() / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "75 f5, -9, BRANCH",
        "0f 84 10 00 00 00, 22, BRANCH",
        "eb 02, 4, JUMP",
        "e9 fb ff ff ff, 0, JUMP",
        "e8 00 01 00 00, 261, CALL",
        "f2 e9 00 00 00 00, 6, JUMP",
        "e2 fe, 0, BRANCH",
        "67 e3 05, 8, BRANCH"
    })
    void jumps_and_calls_name_their_targets(String hex, int target, Instruction.Flow flow) {
        Instruction instruction = read(hex).orElseThrow();

        assertThat(instruction.target()).hasValue(target);
        assertThat(instruction.flow()).isEqualTo(flow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff e0", "ff 25 00 00 00 00", "c3", "ff d0"})
    void those_to_a_place_in_a_register_or_memory_do_not(String hex) {
        assertThat(read(hex).orElseThrow().flow()).isEqualTo(Instruction.Flow.NEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "66 90", "0f 1f 00", "0f 1f 44 00 00", "66 0f 1f 84 00 00 00 00 00"})
    void nops_are_known(String hex) {
        assertThat(read(hex).orElseThrow().isNop()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"f3 90", "41 90", "f3 0f 1e fa", "87 c0", "c5 f9 1f c0"})
    void what_looks_like_one_and_is_none_is_known(String hex) {
        assertThat(read(hex).map(Instruction::isNop)).isNotEqualTo(Optional.of(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"06", "0f 04", "d6", "c4 e0 78 10 c0", "66 c5 f9 6f 00", "48 c5 f9 6f 00", "0f", "48", "8b 04"})
    void what_is_no_instruction_or_not_whole_is_none(String hex) {
        assertThat(read(hex)).isEmpty();
    }

    @Test
    void no_instruction_is_longer_than_fifteen_bytes() {
        assertThat(read("66".repeat(14) + "90")).map(Instruction::length).contains(15);
        assertThat(read("66".repeat(15) + "90")).isEmpty();
    }

    @Property
    void no_bytes_make_it_throw(@ForAll @Size(max = 20) byte[] bytes, @ForAll @IntRange(max = 20) int at) {
        FileContent code = FileContent.of(ByteBuffer.wrap(bytes));

        for (InstructionSet set : new InstructionSet[] {SET, new Arm64Instructions()}) {
            assertThat(set.read(code, at, bytes.length).stream())
                    .allSatisfy(i -> assertThat(i.length()).isBetween(1, Math.min(15, bytes.length - at)));
        }
    }
}
