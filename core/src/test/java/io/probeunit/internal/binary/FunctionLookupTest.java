package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLookupTest {

    private static BinaryFile file(String... functions) {
        return file(false, List.of(functions), List.of());
    }

    private static BinaryFile file(boolean stripped, List<String> functions, List<String> indirect) {
        return new BinaryFile(
                "/usr/bin/shop",
                Architecture.X86_64,
                true,
                Optional.empty(),
                stripped,
                symbols(functions, 0x1000),
                symbols(indirect, 0x9000),
                List.of(),
                Imports.NONE,
                List.of());
    }

    private static List<FunctionSymbol> symbols(List<String> names, long address) {
        List<FunctionSymbol> symbols = new ArrayList<>();
        for (String name : names) {
            long at = address + 16L * symbols.size();
            symbols.add(new FunctionSymbol(name, at, at, 16));
        }
        return symbols;
    }

    private static FunctionLookup find(BinaryFile file, String pattern) {
        return file.functions(new NamePattern(pattern));
    }

    private static List<String> names(BinaryFile file, String pattern) {
        FunctionLookup lookup = find(file, pattern);
        assertThat(lookup).isInstanceOf(FunctionLookup.Found.class);
        return ((FunctionLookup.Found) lookup)
                .sites().stream().map(FunctionSymbol::name).toList();
    }

    private static FunctionLookup.NotFound notFound(BinaryFile file, String pattern) {
        FunctionLookup lookup = find(file, pattern);
        assertThat(lookup).isInstanceOf(FunctionLookup.NotFound.class);
        return (FunctionLookup.NotFound) lookup;
    }

    @Nested
    class AName {

        @Test
        void means_the_function_of_that_name_alone() {
            assertThat(names(file("reserve", "reserve_stock", "my_reserve", "reserves", "Reserve"), "reserve"))
                    .containsExactly("reserve");
        }

        @Test
        void means_all_functions_of_that_name() {
            assertThat(names(file("init", "other", "init"), "init")).containsExactly("init", "init");
        }

        @ParameterizedTest
        @CsvSource({
            "f.constprop.0",
            "f.isra.1",
            "f.part.2",
            "f.isra.0.constprop.3",
            "f.lto_priv.0",
            "f.lto_priv.0.isra.0",
            "f.llvm.1234567890",
            "f.constprop.0.isra.0.part.12",
            "f.localalias",
            "f.localalias.0",
            "f.3",
            "f.0.constprop.1",
            "f.12.llvm.99",
            "f@@V_1.2"
        })
        void means_its_clones_and_versions(String clone) {
            assertThat(names(file("a", clone, "z"), "f")).containsExactly(clone);
            assertThat(names(file("f", clone), "f")).containsExactly("f", clone);
            assertThat(names(file("f", clone), clone)).containsExactly(clone);
        }

        @ParameterizedTest
        @CsvSource({
            "f.cold",
            "f.cold.1",
            "f.constprop.0.cold",
            "f.part.0.cold",
            "f.func1",
            "f.avx2",
            "ff.isra.0",
            "f.constprop.x",
            "f.3x",
            "f.",
            "f.func1.2",
            "f.part"
        })
        void means_no_piece_of_it_and_nothing_that_only_looks_like_it(String name) {
            assertThat(notFound(file("aaaaaaa", name), "f")).isNotNull();
            assertThat(names(file("f", name), "f")).containsExactly("f");
        }

        @Test
        void may_be_that_of_a_piece() {
            assertThat(names(file("f", "f.cold"), "f.cold")).containsExactly("f.cold");
        }

        @Test
        void doubts_a_function_that_the_compiler_split_and_has_no_note_that_says_it_again() {
            FunctionLookup.Found split = (FunctionLookup.Found) find(file("f", "f.part.0"), "f");
            FunctionLookup.Found whole = (FunctionLookup.Found) find(file("f", "f.isra.0"), "f");

            assertThat(split.doubts(split.sites()))
                    .extracting(Doubt::text)
                    .satisfiesExactly(
                            missed -> assertThat(missed).contains("f.part.0 is a part"),
                            repeated -> assertThat(repeated).contains("f.part.0 causes two firings"));
            assertThat(whole.doubts(whole.sites())).isEmpty();
            assertThat(split.notes()).isEmpty();
        }

        @Test
        void says_that_one_with_a_number_counts_as_well_unless_that_was_asked_for() {
            FunctionLookup.Found both = (FunctionLookup.Found) find(file("f", "f.3"), "f");
            FunctionLookup.Found one = (FunctionLookup.Found) find(file("f", "f.3"), "f.3");

            assertThat(both.notes()).singleElement().asString().contains("f.3 counts as f");
            assertThat(one.notes()).isEmpty();
        }

        @Test
        void of_two_at_one_address_is_one_site_under_the_name_that_was_asked_for() {
            FunctionSymbol one = new FunctionSymbol("f", 16, 16, 4);
            FunctionSymbol alias = new FunctionSymbol("f.localalias", 16, 16, 4);
            BinaryFile file = new BinaryFile(
                    "x",
                    Architecture.X86_64,
                    true,
                    Optional.empty(),
                    false,
                    List.of(alias, one),
                    List.of(),
                    List.of(),
                    Imports.NONE,
                    List.of());

            assertThat(find(file, "f")).isEqualTo(new FunctionLookup.Found(List.of(one), List.of(), Map.of(), false));
        }

        @Test
        void that_is_chosen_at_run_time_is_refused() {
            BinaryFile file = file(false, List.of("__memcpy_avx", "memcpy"), List.of("memcpy"));

            assertThat(find(file, "memcpy"))
                    .isInstanceOfSatisfying(
                            FunctionLookup.Refused.class,
                            refused -> assertThat(refused.message())
                                    .contains("memcpy", "/usr/bin/shop", "IFUNC", "__memcpy_avx"));
        }
    }

    @Nested
    class OfTheVersions {

        @Test
        void the_default_one_is_chosen_and_that_is_said() {
            BinaryFile file = file("reserve@V_1", "reserve@@V_2", "order@@V_1");

            FunctionLookup.Found found = (FunctionLookup.Found) find(file, "reserve");
            assertThat(found.sites()).extracting(FunctionSymbol::name).containsExactly("reserve@@V_2");
            assertThat(found.notes()).singleElement().asString().contains("reserve@@V_2 is probed", "not reserve@V_1");
            assertThat(names(file, "reserv*")).containsExactly("reserve@@V_2");
            assertThat(((FunctionLookup.Found) find(file, "order")).notes()).isEmpty();
        }

        @Test
        void another_one_may_be_named() {
            BinaryFile file = file("reserve@V_1", "reserve@@V_2");

            assertThat(names(file, "reserve@V_1")).containsExactly("reserve@V_1");
            assertThat(names(file, "reserve@@V_2")).containsExactly("reserve@@V_2");
        }

        @Test
        void several_old_ones_without_a_default_are_ambiguous() {
            assertThat(find(file("reserve@V_1", "reserve@V_2"), "reserve"))
                    .isInstanceOfSatisfying(
                            FunctionLookup.Refused.class,
                            refused -> assertThat(refused.message())
                                    .contains("several versions", "reserve@V_1, reserve@V_2"));
            assertThat(names(file("reserve@V_1"), "reserve")).containsExactly("reserve@V_1");
        }
    }

    @Nested
    class OfTheSource {

        @Test
        void means_all_overloads_and_both_constructors() {
            BinaryFile file =
                    file("_ZN4shop4CartC1Ev", "_ZN4shop4CartC2Ev", "_ZN4shop4Cart3addEi", "_ZN4shop4Cart3addEl");

            assertThat(names(file, "shop::Cart::Cart")).hasSize(2);
            assertThat(names(file, "shop::Cart::add")).hasSize(2);
            assertThat(names(file, "shop::Cart::add(long)")).containsExactly("_ZN4shop4Cart3addEl");
            assertThat(names(file, "shop::*")).hasSize(4);
        }

        @Test
        void leaves_out_what_only_jumps_to_it() {
            BinaryFile file = file("_ZN4shop4CartC1Ev", "_ZN4shop4CartC2Ev", "_ZN4shop4CartC4Ev");

            assertThat(names(file, "shop::Cart::Cart")).containsExactly("_ZN4shop4CartC4Ev");
            assertThat(names(file, "_ZN4shop4CartC1Ev")).containsExactly("_ZN4shop4CartC1Ev");
        }

        @Test
        void may_hold_wildcards_to_the_letter() {
            BinaryFile file =
                    file("_ZN4shop4CartmLEi", "_ZN4shop4CartmlEi", "main.(*Cart).Add", "main.(*Cart).Address");

            assertThat(names(file, "shop::Cart::operator*")).containsExactly("_ZN4shop4CartmlEi");
            assertThat(names(file, "main.(*Cart).Add")).containsExactly("main.(*Cart).Add");
            assertThat(names(file, "main.(*Cart).*")).hasSize(2);
        }

        @Test
        void is_all_kinds_of_a_destructor() {
            assertThat(names(file("_ZN4shop4CartD0Ev", "_ZN4shop4CartD2Ev"), "shop::Cart::~Cart"))
                    .hasSize(2);
        }
    }

    @Nested
    class AGlob {

        @Test
        void means_all_functions_whose_name_in_the_source_matches() {
            BinaryFile file = file("sort_x.constprop.0", "sort_y", "my_sort_z", "sort_w.cold", "sort_v@@V_1");

            assertThat(names(file, "sort_*")).containsExactly("sort_x.constprop.0", "sort_y", "sort_v@@V_1");
            assertThat(names(file, "*sort_[xz]")).containsExactly("sort_x.constprop.0", "my_sort_z");
        }

        @Test
        void may_match_the_suffix_of_a_clone() {
            assertThat(names(file("f.constprop.0", "g.isra.0"), "*.isra.*")).containsExactly("g.isra.0");
        }

        @Test
        void counts_addresses_against_the_limit() {
            BinaryFile file = file("a1", "a2", "a3", "b");

            assertThat(file.functions(new NamePattern("a*"), 3)).isInstanceOf(FunctionLookup.Found.class);
            assertThat(file.functions(new NamePattern("a*"), 2))
                    .isInstanceOfSatisfying(FunctionLookup.TooMany.class, many -> {
                        assertThat(many.count()).isEqualTo(3);
                        assertThat(many.limit()).isEqualTo(2);
                        assertThat(many.message()).contains("a*", "3", "2", "a1", "/usr/bin/shop");
                    });
        }

        @Test
        void leaves_out_what_chooses_an_implementation() {
            BinaryFile file =
                    file(false, List.of("copy.resolver", "copy.avx2", "copy.default", "dns.resolver"), List.of("copy"));

            assertThat(names(file, "copy*")).containsExactly("copy.avx2", "copy.default");
            assertThat(names(file, "dns*")).containsExactly("dns.resolver");
            assertThat(names(file, "copy.resolver")).containsExactly("copy.resolver");
        }

        @Test
        void leaves_out_what_is_chosen_at_run_time_and_says_so() {
            BinaryFile file = file(false, List.of("memfrob"), List.of("memcpy"));

            FunctionLookup.Found found = (FunctionLookup.Found) find(file, "mem*");
            assertThat(found.sites()).extracting(FunctionSymbol::name).containsExactly("memfrob");
            assertThat(found.notes()).singleElement().asString().contains("memcpy", "IFUNC");
            assertThat(find(file, "memc*")).isInstanceOf(FunctionLookup.Refused.class);
        }

        @Test
        void that_matches_nothing_is_not_found() {
            assertThat(notFound(file("reserve_stock"), "reserv_*").message()).contains("matches reserv_*");
        }
    }

    @Nested
    class Nothing {

        @Test
        void names_what_is_near_and_what_may_be_the_reason() {
            FunctionLookup.NotFound lookup =
                    notFound(file("main", "reserve_stock.isra.0", "reserve_stock.cold"), "reserv_stock");

            assertThat(lookup.nearest()).containsExactly("reserve_stock");
            assertThat(lookup.message())
                    .contains("reserv_stock", "/usr/bin/shop", "Nearest: reserve_stock.", "inlined", "noinline");
        }

        @Test
        void names_no_pieces() {
            assertThat(notFound(file("reserve_stock.cold", "reserve_stock"), "reserve")
                            .nearest())
                    .containsExactly("reserve_stock");
        }

        @Test
        void says_that_the_file_is_stripped() {
            assertThat(notFound(file(true, List.of("exported"), List.of()), "f").message())
                    .contains("stripped", ": 1")
                    .doesNotContain("inlined");
        }

        @Test
        void says_that_there_are_no_functions_at_all() {
            assertThat(notFound(file(), "f").message()).contains("names no functions at all");
            assertThat(notFound(file(true, List.of(), List.of()), "f").message())
                    .contains("names no functions at all", "stripped");
        }

        @Test
        void names_mangled_ones_as_the_source_has_them() {
            assertThat(notFound(file("_ZN4shop7reserveEi", "main"), "shop::reservo(int)")
                            .nearest())
                    .containsExactly("shop::reserve");
        }

        @Test
        void says_that_the_file_takes_the_function_from_a_library() {
            BinaryFile one = imports(List.of("libc.so.6"));
            BinaryFile several = imports(List.of("libssl.so.3", "libc.so.6"));

            assertThat(notFound(one, "strcmp").message())
                    .contains(
                            "/usr/bin/shop takes strcmp from a library", "probe it there, with binary = \"libc.so.6\"")
                    .doesNotContain("inlined");
            assertThat(notFound(several, "strcmp").message())
                    .contains("probe it there, with binary = \"libssl.so.3\" or \"libc.so.6\"");
            assertThat(notFound(one, "strcm").message()).doesNotContain("takes").contains("Nearest");
        }

        @Test
        void says_that_there_is_a_mark_of_that_name() {
            BinaryFile file = new BinaryFile(
                    "/usr/bin/shop",
                    Architecture.X86_64,
                    true,
                    Optional.empty(),
                    false,
                    symbols(List.of("main", "strcmpi"), 0x1000),
                    List.of(),
                    List.of(new Mark(
                            "shop", "order__placed", List.of(new MarkSite(16, 16, Optional.empty(), List.of())))),
                    Imports.NONE,
                    List.of());

            for (String name : List.of("shop:order__placed", "order__placed", "order-placed")) {
                assertThat(notFound(file, name).message())
                        .contains("There is a mark of that name, shop:order__placed: use @ExpectMark or @ProbeMark")
                        .doesNotContain("inlined");
            }
        }

        private static BinaryFile imports(List<String> libraries) {
            return new BinaryFile(
                    "/usr/bin/shop",
                    Architecture.X86_64,
                    true,
                    Optional.empty(),
                    false,
                    symbols(List.of("main", "strcmpi"), 0x1000),
                    List.of(),
                    List.of(),
                    new Imports(Set.of("strcmp"), libraries),
                    List.of());
        }

        @ParameterizedTest
        @CsvSource({
            "_ZN4shop7reserve17h0123456789abcdefE, #[inline(never)]",
            "caml_startup, [@inline never]",
            "_Dmain, pragma(inline",
            "MAIN__, !GCC$",
            "main, noinline"
        })
        void advises_in_the_programs_language(String function, String advice) {
            assertThat(notFound(file(function), "zzzzzzz").message()).contains("inlined or removed", advice);
        }

        @ParameterizedTest
        @CsvSource({
            "JLI_Launch, Java virtual machine, hotspot:method__entry",
            "Py_BytesMain, Python interpreter, python:function__entry",
            "ruby_run_node, Ruby interpreter, ruby:method__entry",
            "zend_startup, PHP interpreter, USE_ZEND_DTRACE=1",
            "erl_start, Erlang virtual machine, erlang:"
        })
        void says_that_a_runtimes_own_functions_are_none_of_the_file(String function, String what, String mark) {
            assertThat(notFound(file("main", function), "Shop.reserve").message())
                    .contains("/usr/bin/shop is the " + what, "not functions of an ELF file", mark)
                    .doesNotContain("inlined or removed");
        }

        @Test
        void passes_on_what_could_not_be_read() {
            BinaryFile file = new BinaryFile(
                    "x",
                    Architecture.X86_64,
                    true,
                    Optional.empty(),
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    Imports.NONE,
                    List.of("The symbol table is damaged."));

            assertThat(notFound(file, "f").message()).contains("The symbol table is damaged.");
        }
    }
}
