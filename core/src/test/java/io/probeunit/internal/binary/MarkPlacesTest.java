package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.MarkSpec;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes that lead to a mark, and notes whose functions are gone. */
class MarkPlacesTest {

    private static final long LIVE = ElfBuilder.CODE + 0x40;
    private static final long DEAD = ElfBuilder.CODE + 0x80;
    private static final int SHF_EXECINSTR = 4;

    private final ElfBuilder builder = new ElfBuilder().mark("p", "both", LIVE, "");

    private static void put(ByteBuffer file, long address, String hex) {
        file.put(
                (int) (address - ElfBuilder.CODE + ElfBuilder.CODE_OFFSET),
                HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static MarkLookup find(BinaryFile file, String mark) {
        return file.marks(MarkSpec.parse(mark, BinarySelector.parse(""), Optional.empty()));
    }

    private BinaryFile withDead(String code) {
        ByteBuffer file =
                builder.mark("p", "both", DEAD, "").mark("p", "dead", DEAD, "").build();
        put(file, DEAD, code);
        return BinaryReader.read(FileContent.of(file), "/bin/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "66 90", "0f 1f 44 00 00", "0f 1f 00"})
    void a_mark_stands_on_a_nop_of_any_form(String code) {
        BinaryFile file = withDead(code);

        assertThat(((MarkLookup.Found) find(file, "p:both")).marks().get(0).sites())
                .hasSize(2);
        assertThat(file.leftOutMarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "55, there is no nop",
        "00 00, there is no nop",
        "06, there is no nop",
        "66 2e 0f 1f 84 00 00 00 00 00, a segment prefix"
    })
    void a_note_that_leads_to_other_code_is_left_out_with_the_cause(String code, String cause) {
        BinaryFile file = withDead(code);

        MarkLookup.Found both = (MarkLookup.Found) find(file, "p:both");
        assertThat(both.marks().get(0).sites()).extracting(MarkSite::address).containsExactly(LIVE);
        assertThat(both.notes()).singleElement().asString().contains("p:both", "0x401080", cause, "discarded");
        assertThat(find(file, "p:dead"))
                .isInstanceOfSatisfying(
                        MarkLookup.Discarded.class,
                        failed -> assertThat(failed.message())
                                .contains("p:dead is not in the file /bin/shop", "0x401080", cause, "--gc-sections"));
        assertThat(file.warnings()).hasSize(2).allMatch(warning -> warning.contains("this site was left out"));
    }

    @Test
    void a_note_that_leads_into_a_stretch_of_nops_is_left_out() {
        ByteBuffer file = builder.mark("p", "dead", DEAD, "").build();
        put(file, DEAD - 8, "90".repeat(17));
        assertThat(find(BinaryReader.read(FileContent.of(file), "/bin/shop"), "p:dead"))
                .isInstanceOf(MarkLookup.Discarded.class);

        put(file, DEAD + 8, "c3");
        assertThat(find(BinaryReader.read(FileContent.of(file), "/bin/shop"), "p:dead"))
                .isInstanceOf(MarkLookup.Found.class);
    }

    @Test
    void a_mark_lies_in_a_section_with_code_where_there_is_one() {
        ByteBuffer file = builder.section(".text", ElfBuilder.SHT_PROGBITS, SHF_EXECINSTR, new byte[16])
                .build();

        assertThat(find(BinaryReader.read(FileContent.of(file), "/bin/shop"), "p:both"))
                .isInstanceOfSatisfying(
                        MarkLookup.Discarded.class,
                        failed -> assertThat(failed.message()).contains("no section with code"));
    }

    @Test
    void on_arm_a_mark_stands_on_the_one_nop() {
        ByteBuffer file = new ElfBuilder()
                .machine(183)
                .mark("p", "both", LIVE, "")
                .mark("p", "dead", DEAD, "")
                .build();
        put(file, DEAD, "fd 7b bf a9");
        BinaryFile binary = BinaryReader.read(FileContent.of(file), "/bin/shop");

        assertThat(find(binary, "p:both")).isInstanceOf(MarkLookup.Found.class);
        assertThat(find(binary, "p:dead")).isInstanceOf(MarkLookup.Discarded.class);
    }

    private static MarkStanding standing(String code, long function) {
        ByteBuffer file = new ElfBuilder()
                .symbol("f", ElfBuilder.FUNCTION, function, 32)
                .mark("p", "both", LIVE, "")
                .build();
        put(file, LIVE - 4, code);
        BinaryFile binary = BinaryReader.read(FileContent.of(file), "/bin/shop");
        return new FunctionCode(binary, FileContent.of(file))
                .standing(binary.marks().get(0).sites().get(0));
    }

    @Test
    void a_nop_within_another_instruction_is_none() {
        assertThat(standing("48 81 ec 00 90 00 00 c3", LIVE - 4)).isEqualTo(MarkStanding.WITHIN_AN_INSTRUCTION);
        assertThat(standing("48 83 ec 08 90 c3", LIVE - 4)).isEqualTo(MarkStanding.PLAIN);
        // before it is no code that is known
        assertThat(standing("06 81 ec 00 90 00 00 c3", LIVE - 4)).isEqualTo(MarkStanding.PLAIN);
        // in no function
        assertThat(standing("48 81 ec 00 90 00 00 c3", LIVE - 0x40)).isEqualTo(MarkStanding.PLAIN);
    }

    @Test
    void a_nop_of_five_bytes_is_told() {
        assertThat(standing("48 83 ec 08 0f 1f 44 00 00", LIVE - 4)).isEqualTo(MarkStanding.ON_FIVE_BYTES);
        assertThat(standing("48 83 ec 08 0f 1f 40 00 c3", LIVE - 4)).isEqualTo(MarkStanding.PLAIN);
    }
}
