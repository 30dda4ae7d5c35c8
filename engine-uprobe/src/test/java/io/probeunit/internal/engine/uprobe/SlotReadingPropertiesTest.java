package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SlotReadingPropertiesTest {

    private static final BigInteger ALL = BigInteger.ONE.shiftLeft(Long.SIZE);

    @Property
    void a_value_is_cut_to_its_width_and_read_with_its_sign(
            @ForAll long raw, @ForAll("sizes") int size, @ForAll boolean signed) {
        assertThat(SlotReading.narrow(raw, 0, size, signed)).isEqualTo(truth(raw, 0, size, signed));
    }

    @Property
    void the_second_byte_of_a_register_is_read_as_one(@ForAll long raw, @ForAll boolean signed) {
        assertThat(SlotReading.narrow(raw, 8, 1, signed)).isEqualTo(truth(raw, 8, 1, signed));
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(1, 2, 4, 8);
    }

    private static long truth(long raw, int shift, int size, boolean signed) {
        BigInteger range = BigInteger.ONE.shiftLeft(size * Byte.SIZE);
        BigInteger value = BigInteger.valueOf(raw).mod(ALL).shiftRight(shift).mod(range);
        boolean negative = signed && value.testBit(size * Byte.SIZE - 1);
        return (negative ? value.subtract(range) : value).longValue();
    }
}
