package io.probeunit.internal.binary;

import static io.probeunit.internal.binary.ElfBuilder.CODE;
import static io.probeunit.internal.binary.ElfBuilder.GLOBAL;
import static io.probeunit.internal.binary.ElfBuilder.LABEL;
import static io.probeunit.internal.binary.ElfBuilder.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

    /** As an assembler makes them of one source file, beside functions that have a type. */
    private final BinaryFile file = BinaryReader.read(
            FileContent.of(new ElfBuilder()
                    .section(".text", ElfBuilder.SHT_PROGBITS, 4, CODE, (int) ElfBuilder.CODE_SIZE)
                    .function("typed_sum", CODE)
                    .symbol("typed_sum_loop", LABEL, CODE + 4, 0, GLOBAL)
                    .symbol("fast_sum", LABEL, CODE + 0x20, 0, GLOBAL)
                    .symbol("fast_sum.loop", LABEL, CODE + 0x24, 0, LOCAL)
                    .symbol("helper", LABEL, CODE + 0x30, 0, LOCAL)
                    .symbol("$x", LABEL, CODE + 0x34, 0, LOCAL)
                    .symbol("$d.7", LABEL, CODE + 0x34, 0, LOCAL)
                    .symbol(".L5", LABEL, CODE + 0x34, 0, LOCAL)
                    .symbol("table_sum", LABEL, ElfBuilder.DATA, 0, GLOBAL)
                    .symbol("end_sum", LABEL, CODE + ElfBuilder.CODE_SIZE, 0, GLOBAL)
                    .build()),
            "/opt/asm");

    private FunctionLookup.Found find(String pattern) {
        return (FunctionLookup.Found) file.functions(new NamePattern(pattern));
    }

    private List<String> names(String pattern) {
        return find(pattern).sites().stream().map(FunctionSymbol::name).toList();
    }

    @Test
    void are_what_is_in_the_code_and_of_no_tool() {
        assertThat(file.labels())
                .extracting(FunctionSymbol::name)
                .containsExactly("typed_sum_loop", "fast_sum", "fast_sum.loop", "helper");
        assertThat(file.functions()).extracting(FunctionSymbol::name).containsExactly("typed_sum");
    }

    @Test
    void that_others_see_are_functions_and_that_is_said() {
        assertThat(names("fast_sum")).containsExactly("fast_sum");
        assertThat(find("fast_sum").notes()).singleElement().asString().contains("fast_sum", "label");
        assertThat(find("fast_sum").doubts()).isEmpty();
    }

    @Test
    void in_a_glob_are_those_that_others_see_and_that_are_not_inside_of_a_function() {
        assertThat(names("*_sum*")).containsExactly("typed_sum", "fast_sum");
        assertThat(find("*_sum*").notes()).singleElement().asString().contains("fast_sum");
        assertThat(find("typed*").notes()).isEmpty();
    }

    @Test
    void of_a_file_alone_are_found_by_name_and_may_be_jumped_to() {
        assertThat(names("helper")).containsExactly("helper");
        FunctionLookup.Found found = find("fast_sum.loop");
        assertThat(found.doubts(found.sites()))
                .singleElement()
                .extracting(Doubt::effect)
                .isEqualTo(Doubt.Effect.CALLS_REPEATED);
    }

    @Test
    void are_near_a_name_that_is_not_there() {
        assertThat(((FunctionLookup.NotFound) file.functions(new NamePattern("fast_sun"))).nearest())
                .containsExactly("fast_sum");
    }

    @Test
    void are_no_functions_where_there_is_one_of_that_name() {
        BinaryFile both = BinaryReader.read(
                FileContent.of(new ElfBuilder()
                        .section(".text", ElfBuilder.SHT_PROGBITS, 4, CODE, (int) ElfBuilder.CODE_SIZE)
                        .function("sum", CODE)
                        .symbol("sum", LABEL, CODE + 0x20, 0, GLOBAL)
                        .build()),
                "/opt/asm");

        FunctionLookup.Found found = (FunctionLookup.Found) both.functions(new NamePattern("sum"));
        assertThat(found.sites()).extracting(FunctionSymbol::address).containsExactly(CODE);
        assertThat(found.notes()).isEmpty();
    }
}
