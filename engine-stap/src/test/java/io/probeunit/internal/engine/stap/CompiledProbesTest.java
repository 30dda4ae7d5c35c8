package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.ElfBuilder;
import io.probeunit.internal.engine.ProbePoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CompiledProbesTest {

    private static final ProbePoint FUNCTION = Points.function("reserve_stock");
    private static final ProbePoint RETURN = Points.function(
            List.of(Points.symbol("price.constprop.0", 0x1200), Points.symbol("price.isra.1", 0x1300)), true);
    private static final ProbePoint MARK =
            Points.mark("shop", "placed", List.of(Points.site(0x2010), Points.site(0x2f20), Points.site(0x2010)));

    @Test
    void what_was_meant_is_no_difference() {
        byte[] object = object(p(0x1180), r(0x1200), r(0x1300), p(0x2010), p(0x2f20));

        assertThat(CompiledProbes.compare(object, List.of(FUNCTION, RETURN, MARK), Points.BY_SYMBOL))
                .isEmpty();
        assertThat(CompiledProbes.count(List.of(FUNCTION, RETURN, MARK))).isEqualTo(5);
    }

    @Test
    void another_place_is() {
        Optional<CompiledProbes.Difference> difference = CompiledProbes.compare(
                object(p(0x1184), r(0x1200), r(0x1300)), List.of(FUNCTION, RETURN), Points.BY_SYMBOL);

        assertThat(difference).hasValueSatisfying(d -> {
            assertThat(d.files()).containsExactly(Points.PATH);
            assertThat(d.message())
                    .startsWith(
                            "SystemTap chose other places than ProbeUnit asked for (PU1107). Asked for and not probed: [0x1180 of %s]. Probed and not asked for, or once too often: [0x1184 of %s]."
                                    .formatted(Points.PATH, Points.PATH));
        });
    }

    @Test
    void another_file_is() {
        assertThat(CompiledProbes.compare(object("uprobe/p/0/4480/usr/bin/shop"), List.of(FUNCTION), Points.BY_SYMBOL))
                .hasValueSatisfying(d -> {
                    assertThat(d.files()).containsExactly("/usr/bin/shop", Points.PATH);
                    assertThat(d.message()).contains("once too often: [0x1180 of /usr/bin/shop]");
                });
    }

    @Test
    void an_entry_for_a_return_is() {
        assertThat(CompiledProbes.compare(object(p(0x1200), r(0x1300)), List.of(RETURN), Points.BY_SYMBOL))
                .hasValueSatisfying(d -> assertThat(d.message()).contains("not probed: [the return of 0x1200 of "));
    }

    @Test
    void a_place_that_is_missing_is() {
        assertThat(CompiledProbes.compare(object(r(0x1200)), List.of(RETURN), Points.BY_SYMBOL))
                .isPresent();
        assertThat(CompiledProbes.compare(object(), List.of(MARK), Points.BY_SYMBOL))
                .isPresent();
    }

    /** With debug information, SystemTap takes the name of a function for its clones as well. */
    @Test
    void a_place_that_is_probed_once_too_often_is() {
        assertThat(CompiledProbes.compare(object(r(0x1200), r(0x1300), r(0x1200)), List.of(RETURN), Points.BY_SYMBOL))
                .hasValueSatisfying(
                        d -> assertThat(d.message())
                                .contains(
                                        "not probed: []. Probed and not asked for, or once too often: [the return of 0x1200 of "));
    }

    @Test
    void two_points_at_one_place_are_two_probes() {
        ProbePoint alias = Points.function("alias");

        assertThat(CompiledProbes.compare(object(p(0x1180), p(0x1180)), List.of(FUNCTION, alias), Points.BY_SYMBOL))
                .isEmpty();
        assertThat(CompiledProbes.compare(object(p(0x1180)), List.of(FUNCTION, alias), Points.BY_SYMBOL))
                .isPresent();
    }

    @Test
    void a_handler_that_changes_the_register_of_its_context_is_noticed() {
        long begin = 0x16bf; // r6 = r1
        long other = 0x67bf; // r7 = r6
        assertThat(keepsContext(begin, other)).isTrue();
        assertThat(keepsContext(other)).isFalse();
        assertThat(keepsContext(begin, 0x26bf)).as("r6 = r2").isFalse();
        assertThat(keepsContext(begin, 0x0679)).as("r6 = *r0").isFalse();
        assertThat(keepsContext(begin, 0x067b)).as("*r6 = r0").isTrue();
        assertThat(keepsContext(begin, 0x0218, 0x0679))
                .as("a constant that looks so")
                .isTrue();
        assertThat(keepsContext()).isFalse();
    }

    private static boolean keepsContext(long... instructions) {
        ByteBuffer code = ByteBuffer.allocate(instructions.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        LongStream.of(instructions).forEach(code::putLong);
        return CompiledProbes.keepContext(new ElfBuilder()
                .section(p(0x1180), ElfBuilder.SHT_PROGBITS, 0, code.array())
                .build()
                .array());
    }

    private static String p(long offset) {
        return "uprobe/p/0/" + offset + Points.PATH;
    }

    private static String r(long offset) {
        return "uprobe/r/0/" + offset + Points.PATH;
    }

    private static byte[] object(String... sections) {
        ElfBuilder elf = new ElfBuilder().section("kprobe/other", ElfBuilder.SHT_PROGBITS, 0, new byte[8]);
        for (String section : sections) {
            elf.section(section, ElfBuilder.SHT_PROGBITS, 0, new byte[8]);
            elf.section(".rel." + section, ElfBuilder.SHT_PROGBITS, 0, new byte[8]);
        }
        return elf.build().array();
    }
}
