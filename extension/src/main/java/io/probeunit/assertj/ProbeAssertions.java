package io.probeunit.assertj;

import io.probeunit.Recording;

/**
 * Entry point of the assertions on what probes recorded. A static import of {@code assertThat} from here stands beside
 * that from AssertJ.
 *
 * <pre>{@code
 * assertThat(recording).function("reserve_stock").firedTimes(1);
 * assertThat(recording).mark("shop:order__placed").where("arg1 == 42").fired();
 * assertThat(recording).firedInOrder("reserve_stock", "shop:order__placed");
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
}
