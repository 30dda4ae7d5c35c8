package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionGapsTest {

    private static final long F = ElfBuilder.CODE + 0x100;
    private static final int PLACE = 0x1100;

    /** A function, what follows it, and where the next one begins. */
    private static List<Integer> between(String function, String gap) {
        int size = function.length() / 2;
        ByteBuffer file = new ElfBuilder()
                .symbol("f", ElfBuilder.FUNCTION, F, size)
                .symbol("g", ElfBuilder.FUNCTION, F + size + gap.length() / 2, 1)
                .build();
        file.put(PLACE, HexFormat.of().parseHex(function + gap + "c3"));
        return CodePadding.betweenFunctions(FileContent.of(file), "/bin/shop").stream()
                .map(at -> at - PLACE - size)
                .toList();
    }

    @Test
    void nops_behind_a_return_are_never_executed() {
        assertThat(between("c3", "909090")).containsExactly(0, 1, 2);
        assertThat(between("31c0c3", "0f1f440000")).containsExactly(0);
        assertThat(between("eb05", "6690")).containsExactly(0, 1);
        assertThat(between("ffe0", "90")).containsExactly(0);
    }

    @Test
    void a_nop_that_the_kernel_refuses_holds_one_that_it_takes() {
        assertThat(between("c3", "662e0f1f840000000000")).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource({
        // what falls through, or may come back
        "90, 90",
        "31c0, 90",
        "e800000000, 90",
        "75fe, 90",
        // no nops, or not all, or not whole
        "c3, cc",
        "c3, 9055",
        "c3, 900f1f44",
        "c3, 0000"
    })
    void nothing_else_is_taken(String function, String gap) {
        assertThat(between(function, gap)).isEmpty();
    }

    @Test
    void a_function_that_reaches_further_covers_what_follows_a_smaller_one() {
        ByteBuffer file = new ElfBuilder()
                .symbol("f", ElfBuilder.FUNCTION, F, 16)
                .symbol("within", ElfBuilder.FUNCTION, F + 2, 1)
                .symbol("g", ElfBuilder.FUNCTION, F + 5, 1)
                .build();
        file.put(PLACE, HexFormat.of().parseHex("9090c39090c3"));

        assertThat(CodePadding.betweenFunctions(FileContent.of(file), "/bin/shop"))
                .isEmpty();
    }
}
