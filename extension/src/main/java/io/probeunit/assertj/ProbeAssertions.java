package io.probeunit.assertj;

import io.probeunit.Marks;
import io.probeunit.Recording;

/**
 * Entry point of the assertions on what probes recorded, and on the marks of binaries. It can be imported statically
 * together with AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(recording).function("reserve_stock").firedTimes(1);
 * assertThat(recording).mark("shop:order__placed").where("arg1 == 42").fired();
 * assertThat(recording).firedInOrder("reserve_stock", "shop:order__placed");
 * assertThat(Marks.of(shop)).hasMark("shop:order__placed");
 * }</pre>
 */
public final class ProbeAssertions {

    private ProbeAssertions() {}

    /**
     * Asserts on a recording.
     *
     * @param actual live or frozen
     * @return the assertions
     */
    public static RecordingAssert assertThat(Recording actual) {
        return new RecordingAssert(actual);
    }

    /**
     * Asserts on the marks of a binary.
     *
     * @param actual as {@link Marks#of} has read them
     * @return the assertions
     */
    public static MarksAssert assertThat(Marks actual) {
        return new MarksAssert(actual);
    }
}
