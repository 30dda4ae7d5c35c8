package io.probeunit.examples.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** CPython 3.11 has marks of functions, and passes them only while a profiler or a tracer is set. */
@Testcontainers
class SilentFunctionsTest {

    @Container
    static final Prices usual = new Prices();

    @Container
    static final Prices profiled = new Prices("--profile");

    @Test
    @ProbeMark(value = "python:function__entry", container = "usual")
    @ExpectMark(value = "python:function__entry", container = "profiled", times = 2)
    void nothingIsMarkedWithoutAProfiler(Recording recording) throws IOException {
        usual.ask(100, "apple");
        profiled.ask(100, "apple");

        assertThat(recording.mark("function__entry").in("usual").list()).isEmpty();
    }
}
