package io.probeunit.internal.binary;

import static io.probeunit.internal.binary.ElfBuilder.CODE;
import static io.probeunit.internal.binary.ElfBuilder.SHT_PROGBITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionUseTest {

    private static final String CLANG = "GCC: (Debian 12.2.0-14) 12.2.0\0Debian clang version 14.0.6\0";

    private static ElfBuilder with(String... functions) {
        ElfBuilder elf = new ElfBuilder();
        for (int i = 0; i < functions.length; i++) {
            elf.function(functions[i], CODE + 0x100L + 16L * i);
        }
        return elf;
    }

    private static ElfBuilder go(ElfBuilder elf) {
        return elf.section(".gopclntab", SHT_PROGBITS, 2, new byte[8]);
    }

    private static ElfBuilder comment(ElfBuilder elf, String text) {
        return elf.section(".comment", SHT_PROGBITS, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    private static FunctionUse use(ElfBuilder elf, String name, boolean onReturn, String... captures) {
        return use("/usr/bin/shop", elf, name, onReturn, captures);
    }

    private static FunctionUse use(String path, ElfBuilder elf, String name, boolean onReturn, String... captures) {
        ByteBuffer content = elf.build();
        BinaryFile file = BinaryReader.read(FileContent.of(content), path);
        FunctionLookup.Found found = (FunctionLookup.Found) file.functions(new NamePattern(name));
        return file.use(
                found.sites(),
                onReturn,
                List.of(captures).stream().map(Capture::parse).toList(),
                new FunctionCode(file, FileContent.of(content)));
    }

    private static String refused(FunctionUse use) {
        assertThat(use).isInstanceOf(FunctionUse.Refused.class);
        return ((FunctionUse.Refused) use).message();
    }

    private static FunctionUse.Possible possible(FunctionUse use) {
        assertThat(use).isInstanceOf(FunctionUse.Possible.class);
        return (FunctionUse.Possible) use;
    }

    @Nested
    class Languages {

        @ParameterizedTest
        @CsvSource({
            "main.reserve, Go",
            "main.(*Cart).Add, Go",
            "camlShop__reserve_12, OCaml",
            "camlShop.reserve_12, OCaml",
            "Main_reserve_info, GHC",
            "stg_ap_0_fast, GHC"
        })
        void of_runtimes_with_stacks_of_their_own_have_no_returns(String name, String language) {
            ElfBuilder elf = with(name, "caml_call_gc", "hs_main");

            assertThat(refused(use(language.equals("Go") ? go(elf) : elf, name, true)))
                    .startsWith("The return of " + name + " cannot be probed, since " + language + " made it")
                    .endsWith("Probe the entry, or a function that is called afterwards (PU0706).");
        }

        @ParameterizedTest
        @CsvSource({
            "main.reserve, Go",
            "camlShop__reserve_12, OCaml",
            "Main_reserve_info, GHC",
            "_D4shop7reserveFiiZi, D",
            "$s4shop7reserveyS2iF, Swift"
        })
        void that_are_not_c_have_no_values(String name, String language) {
            ElfBuilder elf = with(name, "caml_call_gc", "hs_main");

            assertThat(refused(use(language.equals("Go") ? go(elf) : elf, name, false, "arg1:s64")))
                    .startsWith("arg1 of " + name + " cannot be read: " + language + " made it");
        }

        @Test
        void count_entries_all_the_same() {
            assertThat(use(go(with("main.reserve")), "main.reserve", false))
                    .isEqualTo(new FunctionUse.Possible(List.of(), List.of(), Map.of()));
        }

        @Test
        void of_c_functions_stay_c_in_what_the_go_linker_made() {
            ElfBuilder elf = go(with("main.reserve", "reserve_in_c"));

            assertThat(possible(use(elf, "reserve_in_c", true, "return:s32")).doubts())
                    .isEmpty();
        }

        @Test
        void are_told_by_the_range_of_gos_code_where_its_symbols_are_left() {
            ElfBuilder elf = go(new ElfBuilder()
                    .function("runtime.text", CODE)
                    .function("runtime.etext", CODE + 0x200)
                    .function("gogo", CODE + 0x100)
                    .function("f.resolver", CODE + 0x300));

            assertThat(refused(use(elf, "gogo", true))).contains("Go made it");
            possible(use(elf, "f.resolver", true));
        }

        @ParameterizedTest
        @ValueSource(strings = {"_ZN4shop7reserve17h0123456789abcdefE", "_RNvC4shop7reserve", "main.reserve"})
        void without_a_specified_convention_leave_values_in_doubt(String name) {
            FunctionUse.Possible use = possible(use(with(name), name, false, "arg1:s32"));

            assertThat(use.doubts()).extracting(Doubt::effect).containsExactly(Doubt.Effect.VALUES_WRONG);
            assertThat(use.notes()).singleElement().asString().startsWith("Values of ");
        }

        @Test
        void that_pass_addresses_leave_values_in_doubt() {
            ElfBuilder elf = with("reserve_", "_gfortran_main");

            assertThat(possible(use(elf, "reserve_", false, "arg1:s32")).doubts())
                    .singleElement()
                    .satisfies(doubt -> assertThat(doubt.text()).contains("Fortran", "the address of an argument"));
            assertThat(possible(use(with("reserve_"), "reserve_", false, "arg1:s32"))
                            .doubts())
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"reserve", "reserve.avx2", "reserve.arch_haswell", "fill_info", "camlike__x", "_Dread"})
        void are_c_otherwise(String name) {
            assertThat(possible(use(with(name), name, false, "arg1:s32")).doubts())
                    .isEmpty();
        }
    }

    @Nested
    class Clones {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "constprop.0",
                    "isra.0",
                    "part.0",
                    "clone.3",
                    "specialized.1",
                    "constprop.0.isra.0",
                    "isra.0.cold",
                    "lto_priv.0.isra.0",
                    "isra.0.lto_priv.1"
                })
        void have_neither_the_arguments_nor_the_return_value_of_the_source(String suffix) {
            String name = "reserve." + suffix;
            assertThat(refused(use(with(name), name, false, "arg1:s32"))).contains("a clone", name, "noipa");
            assertThat(refused(use(with(name), name, true, "return:s32"))).contains("return of reserve");
            possible(use(with(name), name, true));
        }

        @Test
        void of_llvm_have_a_bare_number() {
            assertThat(refused(use(with("reserve.3"), "reserve.3", false, "arg1:s32")))
                    .contains("a clone");
        }

        @ParameterizedTest
        @ValueSource(strings = {"lto_priv.0", "localalias", "llvm.1234567890", "__uniq.99"})
        void are_not_what_is_merely_renamed(String suffix) {
            possible(use(with("reserve." + suffix), "reserve", false, "arg1:s32"));
        }

        @Test
        void among_several_functions_of_one_name_refuse_all() {
            assertThat(refused(use(with("reserve", "reserve.isra.0"), "reserve", false, "arg1:s32")))
                    .contains("reserve.isra.0");
        }

        @Test
        void that_are_a_part_alone_miss_calls() {
            BinaryFile file =
                    BinaryReader.read(FileContent.of(with("reserve.part.0").build()), "/usr/bin/shop");
            FunctionLookup.Found found = (FunctionLookup.Found) file.functions(new NamePattern("reserve"));

            assertThat(found.doubts(found.sites()))
                    .singleElement()
                    .satisfies(doubt -> assertThat(doubt.effect()).isEqualTo(Doubt.Effect.CALLS_MISSED));
        }

        @Test
        void that_are_a_part_beside_the_whole_may_also_count_twice() {
            BinaryFile file = BinaryReader.read(
                    FileContent.of(with("reserve", "reserve.part.0").build()), "/usr/bin/shop");
            FunctionLookup.Found found = (FunctionLookup.Found) file.functions(new NamePattern("reserve"));

            assertThat(found.doubts(found.sites()))
                    .extracting(Doubt::effect)
                    .containsExactlyInAnyOrder(Doubt.Effect.CALLS_MISSED, Doubt.Effect.CALLS_REPEATED);
        }

        @Test
        void that_are_named_themselves_are_in_no_doubt() {
            BinaryFile file =
                    BinaryReader.read(FileContent.of(with("reserve.part.0").build()), "/usr/bin/shop");
            FunctionLookup.Found found = (FunctionLookup.Found) file.functions(new NamePattern("reserve.part.0"));

            assertThat(found.doubts()).isEmpty();
        }
    }

    @Nested
    class StaticFunctionsOfClang {

        /** push %rbp; mov %rsp,%rbp; sub $16,%rsp; mov %edi,-4(%rbp) */
        private static final int[] UNOPTIMISED = {0x55, 0x48, 0x89, 0xe5, 0x48, 0x83, 0xec, 0x10, 0x89, 0x7d, 0xfc};

        @Test
        void may_have_lost_parameters() {
            ElfBuilder elf = comment(new ElfBuilder().sourceFile("a.c").internal("reserve", CODE), CLANG);

            assertThat(possible(use(elf, "reserve", false, "arg2:s32")).doubts())
                    .singleElement()
                    .satisfies(doubt -> {
                        assertThat(doubt.effect()).isEqualTo(Doubt.Effect.VALUES_WRONG);
                        assertThat(doubt.text()).contains("static", "Clang", "optnone");
                    });
            assertThat(possible(use(elf, "reserve", true, "return:s32")).doubts())
                    .hasSize(1);
            assertThat(possible(use(elf, "reserve", true)).doubts()).isEmpty();
        }

        @Test
        void have_them_without_optimisation() {
            ElfBuilder elf = comment(new ElfBuilder().internal("reserve", CODE).code(UNOPTIMISED), CLANG);

            assertThat(possible(use(elf, "reserve", false, "arg2:s32")).doubts())
                    .isEmpty();
        }

        @Test
        void are_not_unoptimised_for_a_frame_pointer_alone() {
            ElfBuilder elf =
                    comment(new ElfBuilder().internal("reserve", CODE).code(0x55, 0x48, 0x89, 0xe5, 0x89, 0xfa), CLANG);

            assertThat(possible(use(elf, "reserve", false, "arg2:s32")).doubts())
                    .hasSize(1);
        }

        @Test
        void are_not_those_that_are_merely_hidden_nor_those_with_another_name() {
            ElfBuilder elf = comment(
                    new ElfBuilder()
                            .sourceFile("a.c")
                            .internal("aliased", CODE)
                            .sourceFile("")
                            .internal("hidden", CODE + 16)
                            .function("alias", CODE),
                    CLANG);

            assertThat(possible(use(elf, "hidden", false, "arg1:s32")).doubts()).isEmpty();
            assertThat(possible(use(elf, "aliased", false, "arg1:s32")).doubts())
                    .isEmpty();
        }

        @Test
        void are_not_those_of_gcc_which_names_its_clones() {
            ElfBuilder elf = comment(
                    new ElfBuilder().internal("reserve", CODE), "GCC: (Debian 12.2.0) 12.2.0\0Linker: Debian LLD 14\0");

            assertThat(possible(use(elf, "reserve", false, "arg2:s32")).doubts())
                    .isEmpty();
        }
    }

    @Nested
    class ParametersThatTheCodeShows {

        private FunctionUse.Possible argument(int... code) {
            return possible(use(new ElfBuilder().function("f", CODE).code(code), "f", false, "arg2:s32"));
        }

        @Test
        void are_floating_point_numbers_that_are_read_before_they_are_written() {
            // cvttsd2si %xmm0,%eax; push %rbp, mov %rsp,%rbp, movsd %xmm0,-8(%rbp); ucomisd %xmm1,%xmm0
            for (int[] code : List.of(
                    new int[] {0xf2, 0x0f, 0x2c, 0xc0, 0xc3},
                    new int[] {0x55, 0x48, 0x89, 0xe5, 0xf2, 0x0f, 0x11, 0x45, 0xf8, 0xc3},
                    new int[] {0x66, 0x0f, 0x2e, 0xc1, 0xc3})) {
                assertThat(argument(code).doubts())
                        .singleElement()
                        .satisfies(doubt -> assertThat(doubt.text()).contains("takes a floating-point number"));
            }
        }

        @Test
        void are_not_numbers_that_the_function_makes_itself() {
            // xorps %xmm0,%xmm0, cvtsi2sd %edi,%xmm0, cvttsd2si %xmm0,%eax; test %al,%al, movaps %xmm0,-8(%rsp)
            for (int[] code : List.of(
                    new int[] {0x0f, 0x57, 0xc0, 0xf2, 0x0f, 0x2a, 0xc7, 0xf2, 0x0f, 0x2c, 0xc0, 0xc3},
                    new int[] {0x84, 0xc0, 0x0f, 0x29, 0x44, 0x24, 0xf8, 0xc3})) {
                assertThat(argument(code).doubts()).isEmpty();
            }
        }

        @Test
        void are_structures_that_are_returned() {
            // mov %rdi,%rax; mov %rsi,(%rdi); mov %rsi,8(%rdi); mov %rsi,16(%rdi); ret
            assertThat(argument(
                                    0x48, 0x89, 0xf8, 0x48, 0x89, 0x37, 0x48, 0x89, 0x77, 0x08, 0x48, 0x89, 0x77, 0x10,
                                    0xc3)
                            .doubts())
                    .hasSize(1);
            // the same without the last store: two words are returned in registers
            assertThat(argument(0x48, 0x89, 0xf8, 0x48, 0x89, 0x37, 0x48, 0x89, 0x77, 0x08, 0xc3)
                            .doubts())
                    .isEmpty();
        }
    }

    @Nested
    class ParametersOfCxx {

        @ParameterizedTest
        @CsvSource({
            "_Z3paydi, arg2, 1", "_Z3payid, arg1, 1", "_Z3payfdPKci, arg4, 2", "_Z3twoPvni, arg3, 4",
            "_Z3refRKSsl, arg2, 2", "_Z1fPFvivEi, arg2, 2", "_Z1fIiEvT_, arg1, 1", "_Z1fg1Ai, arg3, 3"
        })
        void are_counted_as_the_source_has_them(String name, String argument, int register) {
            FunctionUse use = use(with(name), name, false, argument + ":s32");
            if (name.equals("_Z1fg1Ai")) {
                refused(use);
                return;
            }
            int number = Integer.parseInt(argument.substring(3));
            assertThat(possible(use).registers()).isEqualTo(number == register ? Map.of() : Map.of(number, register));
        }

        @ParameterizedTest
        @CsvSource({
            "_Z3paydi, arg1, a floating-point number",
            "_Z3twoPvni, arg2, a number of 128 bits",
            "_Z5byval3bigi, arg2, by value",
            "_Z5byval3bigi, arg1, by value",
            "_Z3payi, arg2, does not exist",
            "_Z1fiiiiini, arg6, 128 bits",
            "_Z1fM1AFvvEi, arg2, by value"
        })
        void that_are_in_no_register_are_refused(String name, String argument, String why) {
            assertThat(refused(use(with(name), name, false, argument))).contains(why);
        }

        @ParameterizedTest
        @CsvSource({"_Z4takei, arg1:s64", "_Z4takecb, arg2:u64", "_Z3payidi, arg3:s64"})
        void that_are_narrower_than_what_is_asked_are_refused(String name, String value) {
            String key = value.substring(0, value.indexOf(':'));
            assertThat(refused(use(with(name), name, false, value))).contains("write " + key + ":s32");
            possible(use(with(name), name, false, key + ":s32"));
            possible(use(with("_Z4takel"), "take", false, "arg1:s64"));
        }

        @Test
        void that_a_number_of_two_registers_pushes_out_are_on_the_stack() {
            assertThat(refused(use(with("_Z1finiiii"), "_Z1finiiii", false, "arg6")))
                    .contains("on the stack");
            assertThat(possible(use(with("_Z1finiiii"), "_Z1finiiii", false, "arg5"))
                            .registers())
                    .isEqualTo(Map.of(5, 6));
        }

        @Test
        void of_overloads_must_agree() {
            assertThat(refused(use(with("_Z3paydi", "_Z3payii"), "pay", false, "arg2:s32")))
                    .contains("Name one of them with its parameters");
            possible(use(with("_Z3paydi", "_Z3payii"), "pay(int, int)", false, "arg2:s32"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"_ZN4Cart3addEi", "_ZN4shop7reserveEi", "_ZNK4Cart4sizeEv"})
        void of_what_may_be_a_member_are_in_doubt(String name) {
            assertThat(possible(use(with(name), name, false, "arg1:s32")).doubts())
                    .singleElement()
                    .satisfies(doubt -> assertThat(doubt.text()).contains("\"this\""));
            assertThat(possible(use(with(name), name, true, "return:s32")).doubts())
                    .isEmpty();
        }
    }

    @Nested
    class Returns {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "swapcontext",
                    "makecontext",
                    "jump_fcontext",
                    "make_fcontext",
                    "co_switch",
                    "_mco_switch",
                    "boost_jump_fcontext",
                    "coro_transfer",
                    "qemu_coroutine_switch"
                })
        void of_programs_that_switch_stacks_are_refused(String name) {
            assertThat(refused(use(with("f").exported("x", 2, CODE).function(name, CODE + 0x800), "f", true)))
                    .contains("switches stacks", name);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/libcrypto.so.3", "/lib/ld-musl-x86_64.so.1"})
        void of_libraries_that_have_this_for_others_are_not(String path) {
            possible(use(path, with("f", "swapcontext"), "f", true));
        }

        @ParameterizedTest
        @ValueSource(strings = {"longjmp", "siglongjmp", "context", "setcontextual", "fcontext"})
        void of_ordinary_programs_are_not(String name) {
            assertThat(possible(use(with("f", name), "f", true)).notes()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"__cxa_throw", "__gxx_personality_v0", "rust_eh_personality", "_Unwind_RaiseException"})
        void of_programs_with_exceptions_have_a_note(String name) {
            assertThat(possible(use(with("f", name), "f", true)).notes())
                    .singleElement()
                    .asString()
                    .contains("exceptions or panics (" + name + ")", "ends the program");
            assertThat(possible(use(with("f", name), "f", false)).notes()).isEmpty();
        }
    }
}
