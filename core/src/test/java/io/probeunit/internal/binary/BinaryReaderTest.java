package io.probeunit.internal.binary;

import static io.probeunit.internal.binary.ElfBuilder.BSS;
import static io.probeunit.internal.binary.ElfBuilder.CODE;
import static io.probeunit.internal.binary.ElfBuilder.CODE_OFFSET;
import static io.probeunit.internal.binary.ElfBuilder.CODE_SIZE;
import static io.probeunit.internal.binary.ElfBuilder.DATA;
import static io.probeunit.internal.binary.ElfBuilder.DATA_OFFSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Doubt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryReaderTest {

    private static final String PATH = "/usr/bin/shop";

    private static BinaryFile read(ElfBuilder elf) {
        return BinaryReader.read(FileContent.of(elf.build()), PATH);
    }

    @Nested
    class TheFile {

        @Test
        void keeps_path_and_build_id() {
            BinaryFile file = read(new ElfBuilder().buildId("00ffa5"));

            assertThat(file.path()).isEqualTo(PATH);
            assertThat(file.buildId()).contains("00ffa5");
            assertThat(file.warnings()).isEmpty();
        }

        @Test
        void has_no_build_id_without_its_note() {
            assertThat(read(new ElfBuilder()).buildId()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"62, X86_64", "183, AARCH64", "243, OTHER"})
        void knows_its_architecture(int machine, Architecture architecture) {
            assertThat(read(new ElfBuilder().machine(machine)).architecture()).isEqualTo(architecture);
        }

        @Test
        void tells_a_fixed_program_from_one_that_may_be_loaded_anywhere() {
            assertThat(read(new ElfBuilder()).positionIndependent()).isFalse();
            assertThat(read(new ElfBuilder().positionIndependent()).positionIndependent())
                    .isTrue();
        }

        @Test
        void is_stripped_without_symtab() {
            assertThat(read(new ElfBuilder()).stripped()).isFalse();
            assertThat(read(new ElfBuilder().stripped()).stripped()).isTrue();
        }

        @Test
        void is_read_from_the_start_wherever_the_buffer_stands_and_stays_as_it_was() {
            ByteBuffer content = new ElfBuilder().function("f", CODE).build().position(17);

            assertThat(BinaryReader.read(FileContent.of(content), PATH).functions())
                    .hasSize(1);
            assertThat(content.position()).isEqualTo(17);
        }
    }

    @Nested
    class Functions {

        @Test
        void have_address_file_offset_and_size() {
            assertThat(read(new ElfBuilder().symbol("reserve", ElfBuilder.FUNCTION, CODE + 0x20, 7))
                            .functions())
                    .containsExactly(new FunctionSymbol("reserve", CODE + 0x20, CODE_OFFSET + 0x20, 7));
        }

        @Test
        void of_both_tables_are_united_without_doubles() {
            BinaryFile file = read(new ElfBuilder()
                    .function("both@@V_1", CODE + 16)
                    .function("local", CODE + 32)
                    .exported("both", ElfBuilder.FUNCTION, CODE + 16)
                    .exported("exported", ElfBuilder.FUNCTION, CODE));

            assertThat(file.functions())
                    .extracting(FunctionSymbol::name)
                    .containsExactly("exported", "both@@V_1", "local");
        }

        @Test
        void are_known_from_dynsym_alone() {
            assertThat(read(new ElfBuilder().stripped().exported("f", ElfBuilder.FUNCTION, CODE))
                            .functions())
                    .hasSize(1);
        }

        @Test
        void are_neither_data_nor_undefined_nor_outside_of_the_code() {
            assertThat(read(new ElfBuilder()
                                    .symbol("variable", ElfBuilder.OBJECT, CODE, 4)
                                    .undefined("puts", CODE)
                                    .function("in_data", DATA)
                                    .function("before", CODE - 1)
                                    .function("behind", CODE + CODE_SIZE)
                                    .function("last", CODE + CODE_SIZE - 1))
                            .functions())
                    .extracting(FunctionSymbol::name)
                    .containsExactly("last");
        }

        @Test
        void that_are_chosen_at_run_time_are_kept_apart() {
            BinaryFile file = read(new ElfBuilder().symbol("memcpy", ElfBuilder.IFUNC, CODE, 4));

            assertThat(file.functions()).isEmpty();
            assertThat(file.indirectFunctions())
                    .extracting(FunctionSymbol::name)
                    .containsExactly("memcpy");
        }

        @Test
        void keep_names_beyond_ascii() {
            assertThat(read(new ElfBuilder().function("größe", CODE)).functions())
                    .extracting(FunctionSymbol::name)
                    .containsExactly("größe");
        }

        @Test
        void with_unreadable_names_are_left_out_and_said() {
            BinaryFile file = read(new ElfBuilder().function("a\nb", CODE).function("good", CODE));

            assertThat(file.functions()).extracting(FunctionSymbol::name).containsExactly("good");
            assertThat(file.warnings()).singleElement().asString().contains("1 symbols", ".symtab");
        }
    }

    @Nested
    class Marks {

        @Test
        void have_address_file_offset_and_operands() {
            BinaryFile file = read(new ElfBuilder().mark("shop", "order__placed", CODE + 0x10, "-4@%edi 8@$7"));

            assertThat(file.marks())
                    .containsExactly(new Mark(
                            "shop",
                            "order__placed",
                            List.of(new MarkSite(
                                    CODE + 0x10,
                                    CODE_OFFSET + 0x10,
                                    Optional.empty(),
                                    List.of(
                                            new Operand(4, true, new OperandLocation.Register(5, 0), "-4@%edi"),
                                            new Operand(8, false, new OperandLocation.Constant(7), "8@$7"))))));
            assertThat(file.warnings()).isEmpty();
        }

        @Test
        void of_one_name_are_one_mark_with_sites_by_address() {
            BinaryFile file = read(new ElfBuilder()
                    .mark("pg", "sort", CODE + 9, "")
                    .mark("pg", "other", CODE + 5, "")
                    .mark("pg", "sort", CODE + 2, "")
                    .mark("db", "sort", CODE + 3, ""));

            assertThat(file.marks()).extracting(Mark::qualifiedName).containsExactly("db:sort", "pg:other", "pg:sort");
            assertThat(file.marks().get(2).sites())
                    .extracting(MarkSite::address)
                    .containsExactly(CODE + 2, CODE + 9);
        }

        @Test
        void are_one_where_their_note_is_there_twice() {
            BinaryFile file = read(new ElfBuilder().mark("pg", "sort", CODE, "").mark("pg", "sort", CODE, ""));

            assertThat(file.marks().get(0).sites()).hasSize(1);
        }

        @Test
        void are_guarded_if_their_note_names_a_semaphore() {
            BinaryFile file = read(new ElfBuilder()
                    .mark("shop", "guarded", CODE, 0, DATA + 6, "")
                    .mark("shop", "plain", CODE + 1, ""));

            Mark guarded = file.marks().get(0);
            assertThat(guarded.guarded()).isTrue();
            assertThat(guarded.sites().get(0).semaphore()).contains(new Semaphore(DATA + 6, DATA_OFFSET + 6));
            assertThat(file.marks().get(1).guarded()).isFalse();
        }

        /** As lld and mold lay out the border of RELRO. */
        @Test
        void have_a_semaphore_in_a_page_that_is_mapped_twice_where_an_earlier_segment_reaches_into_it() {
            ByteBuffer elf = new ElfBuilder()
                    .mark("shop", "guarded", CODE, 0, DATA + 6, "")
                    .build();
            ByteBuffer twice = ByteBuffer.allocate(elf.limit()).order(ByteOrder.LITTLE_ENDIAN);
            twice.put(elf.duplicate()).flip();
            int flags = 64 + 4;
            int sizes = 64 + 32;
            long reach = ElfBuilder.CODE_SIZE + 2;

            twice.putInt(flags, 7).putLong(sizes, reach).putLong(sizes + 8, reach);
            assertThat(semaphore(twice).mappedBefore()).isTrue();

            twice.putInt(flags, 5);
            assertThat(semaphore(twice).mappedBefore()).isFalse();

            twice.putInt(flags, 7).putLong(sizes, reach - 2);
            assertThat(semaphore(twice).mappedBefore()).isFalse();
        }

        private static Semaphore semaphore(ByteBuffer elf) {
            return BinaryReader.read(FileContent.of(elf), PATH)
                    .marks()
                    .get(0)
                    .sites()
                    .get(0)
                    .semaphore()
                    .orElseThrow();
        }

        @Test
        void move_with_the_base_section_when_the_file_was_prelinked() {
            BinaryFile file = read(new ElfBuilder()
                    .base(CODE + 0x500)
                    .nop(CODE + 0x10)
                    .mark("shop", "m", 0x110, 0x600, DATA - CODE + 0x102, ""));

            MarkSite site = file.marks().get(0).sites().get(0);
            assertThat(site.address()).isEqualTo(CODE + 0x10);
            assertThat(site.fileOffset()).isEqualTo(CODE_OFFSET + 0x10);
            assertThat(site.semaphore()).contains(new Semaphore(DATA + 2, DATA_OFFSET + 2));
        }

        @Test
        void do_not_take_an_exported_variable_for_a_static_one_that_was_stripped() {
            ElfBuilder stripped = new ElfBuilder()
                    .stripped()
                    .exported("counter", ElfBuilder.OBJECT, DATA + 8)
                    .mark("shop", "m", CODE + 0x10, "4@counter(%rip)");
            ElfBuilder withoutLocals = new ElfBuilder()
                    .internal("_DYNAMIC", CODE)
                    .symbol("counter", ElfBuilder.OBJECT, DATA + 8, 4)
                    .mark("shop", "m", CODE + 0x10, "4@counter(%rip)");

            for (ElfBuilder elf : List.of(stripped, withoutLocals)) {
                assertThat(read(elf).marks().get(0).sites().get(0).operands())
                        .extracting(Operand::location)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                OperandLocation.Unsupported.class,
                                why -> assertThat(why.reason()).contains("the file is stripped", "counter"));
            }
        }

        @Test
        void that_were_folded_have_the_arguments_that_they_agree_on() {
            BinaryFile file = read(
                    new ElfBuilder().mark("p", "state", CODE, "-4@$1 8@%rax").mark("p", "state", CODE, "-4@$2 8@%rax"));

            List<Operand> operands = file.marks().get(0).sites().get(0).operands();
            assertThat(operands.get(0).location())
                    .isInstanceOfSatisfying(
                            OperandLocation.Unsupported.class,
                            why -> assertThat(why.reason()).contains("two notes", "$1", "$2", "--icf"));
            assertThat(operands.get(1).location()).isEqualTo(new OperandLocation.Register(0, 0));
            assertThat(file.doubts(file.marks().get(0))).isEmpty();
        }

        @Test
        void at_the_address_of_others_may_count_the_others() {
            BinaryFile file = read(new ElfBuilder()
                    .mark("p", "alpha", CODE, "")
                    .mark("p", "beta", CODE, "")
                    .mark("p", "gamma", CODE + 1, ""));

            assertThat(file.doubts(file.marks().get(0))).singleElement().satisfies(doubt -> {
                assertThat(doubt.effect()).isEqualTo(Doubt.Effect.OTHERS_COUNTED);
                assertThat(doubt.text()).contains("p:alpha", "p:beta").doesNotContain("p:gamma");
            });
            assertThat(file.doubts(file.marks().get(2))).isEmpty();
        }

        @Test
        void find_variables_through_the_symbol_table() {
            BinaryFile file = read(new ElfBuilder()
                    .positionIndependent()
                    .internal("frame_dummy", CODE)
                    .symbol("counter", ElfBuilder.OBJECT, DATA + 8, 4)
                    .mark("shop", "m", CODE + 0x10, "4@counter+4(%rip)"));

            assertThat(file.marks().get(0).sites().get(0).operands())
                    .extracting(Operand::location)
                    .containsExactly(new OperandLocation.Memory(
                            OptionalInt.of(16),
                            OptionalInt.empty(),
                            1,
                            DATA + 12 - (CODE + 0x10),
                            Optional.of("counter")));
        }

        @Test
        void keep_operands_of_unknown_architectures_as_text() {
            Operand operand = read(new ElfBuilder().machine(243).mark("shop", "m", CODE, "8@a0"))
                    .marks()
                    .get(0)
                    .sites()
                    .get(0)
                    .operands()
                    .get(0);

            assertThat(operand.location()).isInstanceOf(OperandLocation.Unsupported.class);
            assertThat(operand.text()).isEqualTo("8@a0");
        }

        @Test
        void outside_of_the_code_are_left_out_and_said() {
            BinaryFile file =
                    read(new ElfBuilder().mark("shop", "lost", DATA, "").mark("shop", "kept", CODE, ""));

            assertThat(file.marks()).extracting(Mark::name).containsExactly("kept");
            assertThat(file.warnings()).singleElement().asString().contains("shop:lost", "outside of the code");
        }

        @Test
        void whose_semaphore_cannot_be_raised_are_left_out_and_said() {
            BinaryFile file = read(new ElfBuilder().mark("shop", "lost", CODE, 0, BSS, ""));

            assertThat(file.marks()).isEmpty();
            assertThat(file.warnings()).singleElement().asString().contains("semaphore", "shop:lost");
        }

        @Test
        void that_are_malformed_are_left_out_and_said() {
            BinaryFile file = read(new ElfBuilder()
                    .stapsdt(3, new byte[23])
                    .stapsdt(3, new byte[40])
                    .stapsdt(3, "x".repeat(40).getBytes(StandardCharsets.US_ASCII))
                    .stapsdt(3, ElfBuilder.descriptor("sh\nop", "m", CODE, 0, 0, ""))
                    .stapsdt(3, ElfBuilder.descriptor("shop", "", CODE, 0, 0, ""))
                    .mark("shop", "good", CODE, ""));

            assertThat(file.marks()).extracting(Mark::name).containsExactly("good");
            assertThat(file.warnings()).singleElement().asString().contains("5 notes", "malformed");
        }

        @Test
        void of_an_unknown_version_are_left_out_and_said() {
            BinaryFile file = read(new ElfBuilder().stapsdt(4, ElfBuilder.descriptor("shop", "m", CODE, 0, 0, "")));

            assertThat(file.marks()).isEmpty();
            assertThat(file.warnings()).singleElement().asString().contains("version 4");
        }

        @Test
        void before_a_damaged_note_are_kept() {
            BinaryFile file = read(new ElfBuilder()
                    .mark("shop", "good", CODE, "")
                    .rawStapsdt(new byte[] {8, 0, 0, 0, -1, -1, -1, 127, 3, 0, 0, 0, 's', 't', 'a', 'p'}));

            assertThat(file.marks()).extracting(Mark::name).containsExactly("good");
            assertThat(file.warnings()).singleElement().asString().contains(".note.stapsdt", "damaged");
        }
    }

    @Nested
    class Damaged {

        @Test
        void symbol_tables_are_left_out_and_said() {
            ByteBuffer elf = new ElfBuilder()
                    .function("f", CODE)
                    .mark("shop", "m", CODE, "")
                    .build();
            int headers = (int) elf.getLong(40);
            // the size of an entry of section 1, the symbol table
            elf.putLong(headers + 64 + 56, 25);

            BinaryFile file = BinaryReader.read(FileContent.of(elf), PATH);

            assertThat(file.functions()).isEmpty();
            assertThat(file.marks()).hasSize(1);
            assertThat(file.warnings()).singleElement().asString().contains(".symtab", "damaged");
        }

        @Test
        void notes_that_overlap_are_read_once() {
            ByteBuffer elf = new ElfBuilder()
                    .mark("shop", "m", CODE, "")
                    .section(".note.a", ElfBuilder.SHT_NOTE, 0, new byte[0])
                    .section(".note.b", ElfBuilder.SHT_NOTE, 0, new byte[0])
                    .build();
            int headers = (int) elf.getLong(40);
            for (int section = 4; section <= 5; section++) {
                elf.putLong(headers + 64 * section + 24, 0).putLong(headers + 64 * section + 32, elf.limit());
            }

            BinaryFile file = BinaryReader.read(FileContent.of(elf), PATH);

            assertThat(file.marks()).hasSize(1);
            assertThat(file.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(".note.b", "overlap"));
        }

        @Test
        void names_are_not_read_without_bound() {
            ElfBuilder elf = new ElfBuilder().function("f".repeat(10_000), CODE);
            for (int i = 1; i < 100; i++) {
                elf.function("", CODE + i);
            }
            ByteBuffer content = elf.build();
            int table = (int) content.getLong((int) content.getLong(40) + 64 + 24);
            for (int i = 2; i <= 100; i++) {
                content.putInt(table + 24 * i, 1);
            }

            BinaryFile file = BinaryReader.read(FileContent.of(content), PATH);

            assertThat(file.functions()).hasSizeBetween(16, 20);
            assertThat(file.warnings()).singleElement().asString().contains("symbols of .symtab");
        }
    }

    @Nested
    class Refused {

        private static void refuses(ByteBuffer content, String... saying) {
            assertThatThrownBy(() -> BinaryReader.read(FileContent.of(content), PATH))
                    .isInstanceOf(BinaryException.class)
                    .hasMessageContaining(PATH)
                    .hasMessageContainingAll(saying);
        }

        private static ByteBuffer text(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void is_a_script() {
            refuses(text("#!/bin/sh -e\nexec shop\n"), "'#!/bin/sh -e'", "script", "Name the program that it runs");
        }

        @Test
        void is_an_empty_file() {
            refuses(text(""), "empty");
        }

        @Test
        void is_a_file_of_another_kind() {
            refuses(text("PK\u0003\u0004"), "not an ELF file", "50 4b 03 04");
        }

        @Test
        void is_a_header_that_ends_early() {
            refuses(new ElfBuilder().build().limit(63), "truncated", "63");
        }

        @Test
        void is_a_file_that_ends_early() {
            ByteBuffer whole = new ElfBuilder().build();
            refuses(whole.limit(whole.limit() - 1), "truncated");
        }

        @Test
        void is_a_file_whose_code_is_cut_off() {
            ByteBuffer elf = new ElfBuilder().build();
            // no sections, so that the end of the code is what is missed
            elf.putLong(40, 0).putShort(60, (short) 0).limit(0x1800);
            refuses(elf, "truncated", "8192");
        }

        @Test
        void is_a_32_bit_program() {
            refuses(new ElfBuilder().build().put(4, (byte) 1), "32-bit");
        }

        @Test
        void is_a_big_endian_program() {
            refuses(new ElfBuilder().build().put(5, (byte) 2), "big-endian");
        }

        @Test
        void is_an_object_file() {
            refuses(new ElfBuilder().type(1).build(), "object file");
        }

        @Test
        void is_a_core_dump() {
            refuses(new ElfBuilder().type(4).build(), "core dump");
        }

        @Test
        void is_a_file_of_debug_information() {
            refuses(
                    new ElfBuilder()
                            .section(".text", ElfBuilder.SHT_NOBITS, 6, new byte[8])
                            .build(),
                    "only debug information");
        }

        @Test
        void is_a_file_without_program_headers() {
            refuses(new ElfBuilder().build().putShort(56, (short) 0), "program headers");
        }
    }
}
