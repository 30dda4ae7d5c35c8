package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodePaddingTest {

    private static final int HEADER = 64;
    private static final int ENTRY = 56;
    private static final int OFFSET = 8;
    private static final int FILE_SIZE = 32;
    private static final int MEMORY_SIZE = 40;
    private static final int AARCH64 = 183;

    /** The code of the built file, cut so that its last page is not full. */
    private static ByteBuffer codeUpTo(int end, ElfBuilder builder) {
        ByteBuffer file = builder.build();
        file.putLong(HEADER + FILE_SIZE, end - ElfBuilder.CODE_OFFSET);
        file.putLong(HEADER + MEMORY_SIZE, end - ElfBuilder.CODE_OFFSET);
        return file;
    }

    private static List<Integer> offsets(ByteBuffer file) {
        return CodePadding.offsets(FileContent.of(file), "/bin/shop");
    }

    @Test
    void what_follows_the_code_in_its_last_page_is_padding_the_last_first() {
        assertThat(offsets(codeUpTo(0x1ffa, new ElfBuilder())))
                .containsExactly(0x1fff, 0x1ffe, 0x1ffd, 0x1ffc, 0x1ffb, 0x1ffa);
    }

    @Test
    void code_that_fills_its_pages_has_none() {
        assertThat(offsets(new ElfBuilder().build())).isEmpty();
    }

    @Test
    void a_byte_that_is_not_zero_and_the_one_before_it_are_left_alone() {
        ByteBuffer file = codeUpTo(0x1ffa, new ElfBuilder());
        file.put(0x1ffd, (byte) 1);

        assertThat(offsets(file)).containsExactly(0x1fff, 0x1ffe, 0x1ffb, 0x1ffa);
    }

    @Test
    void data_that_shares_the_page_in_the_file_is_left_alone() {
        ByteBuffer file = codeUpTo(0x1ff0, new ElfBuilder());
        file.putLong(HEADER + ENTRY + OFFSET, 0x1ff4);

        assertThat(offsets(file)).containsExactly(0x1ff3, 0x1ff2, 0x1ff1, 0x1ff0);
    }

    @Test
    void what_a_process_has_behind_data_from_the_file_is_left_alone_too() {
        ByteBuffer file = codeUpTo(0x1f00, new ElfBuilder());
        file.putLong(HEADER + ENTRY + OFFSET, 0x1f08);
        file.putLong(HEADER + ENTRY + FILE_SIZE, 8);
        file.putLong(HEADER + ENTRY + MEMORY_SIZE, 0x40);

        assertThat(offsets(file))
                .containsExactlyElementsOf(() -> IntStream.concat(
                                IntStream.iterate(0x1fff, at -> at >= 0x1f48, at -> at - 1),
                                IntStream.iterate(0x1f07, at -> at >= 0x1f00, at -> at - 1))
                        .iterator());
    }

    @Test
    void on_arm_an_instruction_has_four_bytes_and_a_place_that_four_divides() {
        ByteBuffer file = codeUpTo(0x1ff2, new ElfBuilder().machine(AARCH64));

        assertThat(offsets(file)).containsExactly(0x1ffc, 0x1ff8, 0x1ff4);
        file.put(0x1ffb, (byte) 1);
        assertThat(offsets(file)).containsExactly(0x1ffc, 0x1ff4);
    }

    @Test
    void what_is_no_program_is_refused() {
        assertThatThrownBy(() -> offsets(ByteBuffer.wrap(new byte[200]))).isInstanceOf(BinaryException.class);
    }
}
