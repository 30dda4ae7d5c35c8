package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.FunctionSymbol.Binding;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several names at one address: of one function, or of several that were made one. */
class SharedCodeTest {

    private static BinaryFile file(FunctionSymbol... functions) {
        return new BinaryFile(
                "/usr/bin/shop",
                Architecture.X86_64,
                true,
                Optional.empty(),
                false,
                Stream.concat(Stream.of(functions), Stream.of(new FunctionSymbol("other", 64, 64, 16)))
                        .toList(),
                List.of(),
                List.of(),
                Imports.NONE,
                List.of());
    }

    private static FunctionSymbol symbol(String name, Binding binding) {
        return new FunctionSymbol(name, 16, 16, 16, binding);
    }

    private static FunctionLookup.Found find(BinaryFile file, String pattern) {
        return (FunctionLookup.Found) file.functions(new NamePattern(pattern));
    }

    private static List<Doubt> doubts(BinaryFile file, String pattern) {
        FunctionLookup.Found found = find(file, pattern);
        return found.doubts(found.sites());
    }

    @ParameterizedTest
    @CsvSource({
        "cart_total, GLOBAL, order_total, GLOBAL",
        "cart_total, LOCAL, order_total, LOCAL",
        "cart_total, GLOBAL, order_total, LOCAL",
        "_ZN4shop3BoxIiE3getEi, WEAK, _ZN4shop3BoxIjE3getEj, WEAK",
        "_ZN4shop4CartD1Ev, GLOBAL, _ZN4shop5OrderD2Ev, GLOBAL",
        "_ZN4shop4Cart3addEi, WEAK, _ZN4shop5Order3addEi, GLOBAL",
        "cart_total, GLOBAL, _ZN4shop4Cart3addEi, GLOBAL",
        "__cart_total, LOCAL, __order_total, LOCAL",
        "__memcpy_erms, LOCAL, __memmove_erms, LOCAL",
        "reserve@@V2, GLOBAL, refuse@@V2, GLOBAL",
        "reserve@@V2, GLOBAL, refuse, LOCAL"
    })
    void unrelated_names_are_functions_that_were_made_one(String one, Binding its, String other, Binding others) {
        BinaryFile file = file(symbol(one, its), symbol(other, others));

        assertThat(doubts(file, one)).singleElement().satisfies(doubt -> {
            assertThat(doubt.effect()).isEqualTo(Doubt.Effect.OTHERS_COUNTED);
            assertThat(doubt.text())
                    .contains(
                            symbol(one, its).signature(), symbol(other, others).signature(), "share one address");
        });
        assertThat(doubts(file, other)).hasSize(1);
        assertThat(doubts(file, "other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "write, WEAK, __libc_write, GLOBAL",
        "fgetc, WEAK, getc, WEAK",
        "longjmp, WEAK, siglongjmp, GLOBAL",
        "fsync, GLOBAL, __GI_fsync, LOCAL",
        "puts, GLOBAL, _IO_puts, GLOBAL",
        "open, GLOBAL, open64, GLOBAL",
        "preadv2, GLOBAL, preadv64v2, GLOBAL",
        "reserve, GLOBAL, reserve_, GLOBAL",
        "reserve, GLOBAL, reserve.localalias, LOCAL",
        "free@@GLIBC_2.2.5, GLOBAL, cfree@GLIBC_2.2.5, GLOBAL",
        "pthread_create@@GLIBC_2.34, GLOBAL, __pthread_create_2_1, LOCAL",
        "reserve@@V2, GLOBAL, reserve_second, LOCAL",
        "_ZN4shop4CartC1Ei, GLOBAL, _ZN4shop4CartC2Ei, GLOBAL",
        "_ZN4shop4CartD2Ev, WEAK, _ZN4shop4CartD1Ev, WEAK",
        "reserve, GLOBAL, reserve.cold, LOCAL",
        "reserve, GLOBAL, order.cold, LOCAL"
    })
    void names_of_one_function_by_design_raise_no_doubt(String one, Binding its, String other, Binding others) {
        assertThat(doubts(file(symbol(one, its), symbol(other, others)), one.replaceAll("@.*", "")))
                .isEmpty();
    }

    private static BinaryFile made(String comment, int gold) {
        ElfBuilder elf = new ElfBuilder()
                .symbol("place", ElfBuilder.FUNCTION, ElfBuilder.CODE, 16)
                .symbol("send", ElfBuilder.FUNCTION, ElfBuilder.CODE, 16)
                .section(".comment", ElfBuilder.SHT_PROGBITS, 0, comment.getBytes(StandardCharsets.UTF_8));
        if (gold > 0) {
            elf.section(".note.gnu.gold-version", ElfBuilder.SHT_NOTE, 0, new byte[0]);
        }
        return BinaryReader.read(FileContent.of(elf.build()), "/usr/bin/shop");
    }

    @Test
    void the_source_gave_names_where_no_tool_folds_functions_that_other_files_see() {
        assertThat(doubts(made("GCC: (Debian 12.2.0) 12.2.0", 0), "place")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "GCC: (Debian 12.2.0) 12.2.0, 1",
        "GCC: (Debian 12.2.0) 12.2.0 Linker: Debian LLD 14.0.6, 0",
        "mold 1.10.1 (compatible with GNU ld) GCC: (Debian 12.2.0) 12.2.0, 0",
        "GCC: (Debian 12.2.0) 12.2.0 Debian clang version 14.0.6, 0",
        "GCC: (Debian 12.2.0) 12.2.0 rustc version 1.95.0, 0"
    })
    void they_may_have_been_folded_where_a_tool_does_so_or_none_is_told(String comment, int gold) {
        assertThat(doubts(made(comment, gold), "place")).hasSize(1);
    }

    @Test
    void an_alias_of_an_alias_is_one_as_well() {
        BinaryFile file = file(
                symbol("strtoll", Binding.WEAK),
                symbol("__strtol", Binding.GLOBAL),
                symbol("strtoq", Binding.WEAK),
                symbol("_strtol", Binding.GLOBAL));

        assertThat(doubts(file, "_strtol")).isEmpty();
    }

    @Test
    void names_that_are_all_meant_raise_no_doubt_and_a_glob_says_that_they_count_as_one() {
        BinaryFile file = file(symbol("cart_total", Binding.GLOBAL), symbol("order_total", Binding.GLOBAL));

        assertThat(doubts(file, "*_total")).isEmpty();
        assertThat(find(file, "*_total").notes())
                .singleElement()
                .asString()
                .contains("cart_total shares its address with order_total");
        assertThat(doubts(file, "cart*")).hasSize(1);
        assertThat(doubts(
                        file(
                                symbol("_ZN4shop3BoxIiE3getEi", Binding.WEAK),
                                symbol("_ZN4shop3BoxIjE3getEj", Binding.WEAK)),
                        "shop::Box::get"))
                .isEmpty();
    }
}
