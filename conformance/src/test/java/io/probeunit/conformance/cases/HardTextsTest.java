package io.probeunit.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.ProgramsContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Texts of a mark at several sites, in a class of its own: with SystemTap, lines of all points of a class share one credit. */
@Testcontainers
@Timeout(600)
class HardTextsTest {

    @Container
    @Probed(binary = "/opt/t/manysites")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    @Test
    @ProbeMark(
            value = "many:pair",
            capture = {"arg1:string", "arg2:string"})
    void twoTextsAreReadAtEachOfThreeSites(Recording recording) {
        container.lines("/opt/t/manysites");

        assertThat(recording.mark("many:pair").list())
                .extracting(firing ->
                        firing.captures().get("arg1") + " " + firing.captures().get("arg2"))
                .containsExactly("one two", "two three", "three four");
    }
}
