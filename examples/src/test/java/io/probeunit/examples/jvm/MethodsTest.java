package io.probeunit.examples.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Marks of methods are in every JVM, but it passes them only if it is told so when it starts. */
@Testcontainers
class MethodsTest {

    @Container
    @Probed(binary = "libjvm.so")
    static final Jvm usual = new Jvm();

    @Container
    @Probed(binary = "libjvm.so")
    static final Jvm traced = new Jvm("-XX:+DTraceMethodProbes");

    @Test
    @ProbeMark(value = "hotspot:method__entry", container = "usual")
    @ExpectMark(value = "hotspot:method__entry", container = "traced")
    void areSilentWithoutTheirOption(Recording recording) throws Exception {
        usual.get("/ping");
        traced.get("/ping");

        assertThat(recording.mark("method__entry").in("usual").list()).isEmpty();
    }
}
