package io.probeunit.examples.jvm;

import io.probeunit.annotations.ExpectMark;
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
    @ExpectMark(value = "hotspot:method__entry", container = "usual", times = 0)
    @ExpectMark(value = "hotspot:method__entry", container = "traced")
    void areSilentWithoutTheirOption() throws Exception {
        usual.get("/ping");
        traced.get("/ping");
    }
}
