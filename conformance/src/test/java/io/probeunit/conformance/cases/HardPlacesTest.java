package io.probeunit.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.ProgramsContainer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Places in files that are hard to name: many sites of one mark, and addresses with the highest bit set. */
@Testcontainers
@Timeout(300)
class HardPlacesTest {

    @Container
    @Probed(binary = "/opt/t/manysites")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    /** The stack of a BPF program has 512 bytes: no engine may need more of it for more sites. */
    @Test
    @ExpectMark(value = "many:site", times = 70)
    @ProbeMark(value = "many:site", capture = "arg1")
    void each_site_of_a_mark_has_its_argument_elsewhere(Recording recording) {
        assertThat(container.lines("/opt/t/manysites")).containsExactly("passed 70 sites with 1000 to 1069, sum 72415");

        assertThat(recording.mark("many:site").list())
                .extracting(firing -> firing.captures().get("arg1"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(10)
                .isSubsetOf(LongStream.range(1000, 1070).boxed().toArray());
    }

    /** Beside the many sites of the other test, of which this one wants nothing. */
    @Test
    @ProbeMark(
            value = "many:pair",
            capture = {"arg1:string", "arg2:string"})
    void two_texts_are_read_at_each_of_three_sites(Recording recording) {
        container.lines("/opt/t/manysites");

        assertThat(recording.mark("many:pair").list())
                .extracting(firing ->
                        firing.captures().get("arg1") + " " + firing.captures().get("arg2"))
                .containsExactly("one two", "two three", "three four");
    }

    @Test
    @ProbeFunction(value = "reserve", binary = "/opt/t/libhigh.so", capture = "arg1:s32")
    @ProbeFunction(value = "reserve", binary = "/opt/t/libhigh.so", onReturn = true, capture = "return:s32")
    @ProbeMark(
            value = "high:reserved",
            binary = "/opt/t/libhigh.so",
            capture = {"arg1", "arg2:string"})
    void a_library_with_the_highest_addresses(Recording recording) {
        assertThat(container.lines("/opt/t/high", "3")).containsExactly("reserve called 3 times");

        assertThat(recording.firings().list())
                .filteredOn(firing -> firing.probe().equals("reserve"))
                .extracting(firing -> firing.captures().get("arg1"))
                .containsExactly(0L, 1L, 2L);
        assertThat(recording.firings().list())
                .filteredOn(firing -> firing.probe().equals("reserve.return"))
                .extracting(firing -> firing.captures().get("return"))
                .containsExactly(1L, 2L, 3L);
        assertThat(recording.mark("high:reserved").list())
                .extracting(firing ->
                        firing.captures().get("arg1") + " " + firing.captures().get("arg2"))
                .containsExactly("0 high", "1 high", "2 high");
    }
}
