package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoInstancesTest {

    private static BinaryFile file(boolean go) {
        ElfBuilder builder = new ElfBuilder();
        int at = 0;
        for (String name : List.of(
                "main.Map[go.shape.int_0]",
                "main.Map[go.shape.[]go.shape.int_0]",
                "main.Map[int]",
                "main.(*Cart[go.shape.int_0]).Add",
                "main.Mapped",
                "main.(*Cart[int]).Add",
                "main.List[go.shape.int_0].Len",
                "main.(*List[int]).Len",
                "main.List[int].Len",
                "main.Box[int].Get",
                "main.reserve")) {
            builder.function(name, ElfBuilder.CODE + 16 * at++);
        }
        if (go) {
            builder.section(".gopclntab", ElfBuilder.SHT_PROGBITS, 2, new byte[8]);
        }
        return BinaryReader.read(FileContent.of(builder.build()), "/opt/go");
    }

    private static List<String> names(String pattern) {
        return ((FunctionLookup.Found) file(true).functions(new NamePattern(pattern)))
                .sites().stream().map(FunctionSymbol::name).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.Map", "main.Map[...]"})
    void are_all_found_by_the_name_without_types(String name) {
        assertThat(names(name)).containsExactly("main.Map[go.shape.int_0]", "main.Map[go.shape.[]go.shape.int_0]");
    }

    @Test
    void of_methods_have_the_types_inside() {
        assertThat(names("main.(*Cart).Add")).containsExactly("main.(*Cart[go.shape.int_0]).Add");
    }

    @Test
    void may_be_named_one_by_one() {
        assertThat(names("main.Map[go.shape.int_0]")).containsExactly("main.Map[go.shape.int_0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.Map[int]", "main.(*Cart[int]).Add", "main.(*List[int]).Len", "main.List[int].Len"})
    void of_one_type_miss_what_goes_to_the_one_for_all(String name) {
        FunctionLookup.Found found = (FunctionLookup.Found) file(true).functions(new NamePattern(name));

        assertThat(found.doubts(found.sites())).singleElement().satisfies(doubt -> {
            assertThat(doubt.effect()).isEqualTo(Doubt.Effect.CALLS_MISSED);
            assertThat(doubt.text())
                    .startsWith(name + " only calls the instance")
                    .contains("name it without types (main.");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.Box[int].Get", "main.List[go.shape.int_0].Len", "main.List.Len"})
    void are_whole_otherwise(String name) {
        FunctionLookup.Found found = (FunctionLookup.Found) file(true).functions(new NamePattern(name));

        assertThat(found.doubts(found.sites())).isEmpty();
    }

    @Test
    void count_once_in_globs() {
        assertThat(names("main.*List*")).containsExactly("main.List[go.shape.int_0].Len");
        assertThat(names("main.Box*")).containsExactly("main.Box[int].Get");
    }

    @Test
    void are_told_where_others_are_named() {
        FunctionLookup.NotFound lookup =
                (FunctionLookup.NotFound) file(true).functions(new NamePattern("main.Map[string]"));

        assertThat(lookup.nearest()).containsExactly("main.Map[go.shape.int_0]", "main.Map[go.shape.[]go.shape.int_0]");
        assertThat(lookup.message()).contains("types that look alike").doesNotContain("inlined");
    }

    @Test
    void are_near_by_the_name_without_types() {
        assertThat(((FunctionLookup.NotFound) file(true).functions(new NamePattern("main.Mapp"))).message())
                .contains("main.Map,", "//go:noinline")
                .doesNotContain("__attribute__");
    }

    @Test
    void are_none_in_files_of_other_languages() {
        assertThat(file(false).functions(new NamePattern("main.Map"))).isInstanceOf(FunctionLookup.NotFound.class);
    }
}
