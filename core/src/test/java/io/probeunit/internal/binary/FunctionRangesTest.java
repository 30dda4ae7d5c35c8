package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionRangesTest {

    private final FunctionRanges ranges = FunctionRanges.of(new BinaryFile(
            "/bin/x",
            Architecture.X86_64,
            true,
            Optional.empty(),
            false,
            List.of(function("a", 0x100, 0x10), function("alias", 0x100, 0x10), function("b", 0x120, 0)),
            List.of(),
            List.of(),
            new Imports(Set.of(), List.of()),
            List.of()));

    @Test
    void an_instruction_belongs_to_the_function_that_holds_it() {
        assertThat(ranges.at(0xff)).isEmpty();
        assertThat(ranges.at(0x100)).map(FunctionSymbol::name).hasValue("a");
        assertThat(ranges.at(0x10f)).map(FunctionSymbol::name).hasValue("a");
        assertThat(ranges.at(0x110)).isEmpty();
    }

    @Test
    void one_without_a_size_ends_where_the_next_one_begins() {
        assertThat(ranges.at(0x11f)).isEmpty();
        assertThat(ranges.at(0x9999)).map(FunctionSymbol::name).hasValue("b");
    }

    private static FunctionSymbol function(String name, long offset, long size) {
        return new FunctionSymbol(name, offset, offset, size);
    }
}
