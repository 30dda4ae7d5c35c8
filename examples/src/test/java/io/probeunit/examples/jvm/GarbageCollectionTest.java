package io.probeunit.examples.jvm;

import static io.probeunit.assertj.ProbeAssertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What the garbage collector does, by the marks in the library that is the JVM. */
@Testcontainers
class GarbageCollectionTest {

    @Container
    @Probed(binary = "libjvm.so")
    static final Jvm jvm = new Jvm();

    /** The argument of the mark is whether it is a full collection. */
    @Test
    @ExpectMark(value = "hotspot:gc__begin", times = 1, where = "arg1 == 1")
    @ExpectMark(value = "hotspot:mem__pool__gc__begin", times = 1, where = "arg3:string == Tenured Gen")
    void aFullCollectionTakesThePoolOfTheOldIn() throws Exception {
        jvm.get("/collect");
    }

    @Test
    @ExpectMark(value = "hotspot:gc__begin", times = 0)
    void anOrdinaryRequestCollectsNothing() throws Exception {
        jvm.get("/ping");
    }

    @Test
    @ExpectMark(value = "hotspot:gc__begin", times = 1)
    @ExpectMark(value = "hotspot:gc__end", times = 1)
    @ExpectOrder({"gc__begin", "gc__end"})
    void whatBeginsEnds() throws Exception {
        jvm.get("/collect");
    }

    @Test
    @ProbeMark("gc__begin")
    @ProbeMark("mem__pool__gc__begin")
    @ProbeMark("mem__pool__gc__end")
    @ProbeMark("gc__end")
    void poolsAreCollectedWithinTheCollection(Recording recording) throws Exception {
        jvm.get("/collect");

        assertThat(recording).firedInOrder("gc__begin", "mem__pool__gc__begin", "mem__pool__gc__end", "gc__end");
    }

    @Test
    @ProbeMark(value = "gc__begin", capture = "arg1")
    void collectsAsOftenAsItsLogSays(Recording recording) throws Exception {
        long before = jvm.fullCollections();
        jvm.get("/collect");
        jvm.get("/ping");
        jvm.get("/collect");

        assertThat(recording).mark("gc__begin").where("arg1 == 1").firedTimes(jvm.fullCollections() - before);
    }

    @Test
    void failsIfARequestCollects() {
        Failures.of(NothingCollects.class).isShownIn("docs/examples/jvm.md");
    }

    static class NothingCollects {
        @Probed(binary = "libjvm.so")
        static final Jvm jvm = GarbageCollectionTest.jvm;

        @Test
        @ExpectMark(value = "hotspot:gc__begin", capture = "arg1", times = 0)
        void anOrdinaryRequestCollectsNothing() throws Exception {
            jvm.get("/collect");
        }
    }
}
