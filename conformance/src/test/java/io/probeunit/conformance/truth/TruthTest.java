package io.probeunit.conformance.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The program that engines are judged by, without any engine. */
@Tag("once")
@Testcontainers
class TruthTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @ParameterizedTest
    @ValueSource(
            strings = {"alpha", "beta", "gamma", "bare", "folded", "shrunk", "halved", "inlined", "never", "watched"})
    void does_what_it_is_told(String name) {
        long before = truth.counts().count(name);
        long times = name.equals("never") ? 1 : 1_000;

        assertThat(truth.call(name, times)).isEqualTo(times);
        assertThat(truth.counts().count(name) - before).isEqualTo(times);
    }

    @Test
    void counts_threads_children_and_recursion() {
        assertThat(truth.spread("alpha", 4, 4, 10_000)).isEqualTo(80_000);
        assertThat(truth.call("deep", 10)).isEqualTo(11);
        Answer children = truth.children("alpha", 50, 2);
        assertThat(children.count("alpha")).isEqualTo(100);
    }

    @Test
    void does_not_pass_a_guarded_mark_while_nobody_holds_its_semaphore() {
        assertThat(truth.call("guarded", 3)).isZero();
        assertThat(truth.semaphores().value("guarded_semaphore")).isZero();
    }

    @Test
    void logs_what_a_random_workload_does() {
        Answer storm = truth.storm(42, 40);
        Map<String, List<Long>> log = truth.log();

        assertThat(log.values().stream().mapToLong(List::size).sum()).isEqualTo(storm.value("logged"));
        assertThat(log).containsKey("guarded");
        log.remove("guarded"); // logged and not passed: nobody holds its semaphore
        assertThat(log.keySet()).hasSize(7);
        log.forEach((name, values) -> assertThat(storm.count(name)).as(name).isEqualTo(values.size()));
    }

    @Test
    void puts_texts_where_pages_are_not_mapped() {
        Answer cold = truth.takeString(Truth.Place.COLD, "cold");
        Answer evicted = truth.takeString(Truth.Place.EVICTED, "evicted");
        Answer binary = truth.takeString(Truth.Place.BINARY, Truth.TEXT_OF_BINARY);

        assertThat(cold.value("mapped")).isZero();
        assertThat(evicted.value("mapped")).isZero();
        assertThat(evicted.value("cached")).isZero();
        assertThat(binary.value("mapped")).isZero();
    }

    @Test
    void says_what_values_it_saw() {
        assertThat(truth.take("s8", -128)).isEqualTo(-128);
        assertThat(truth.take("u64", -1)).isEqualTo(-1);
        assertThat(truth.give("u32", 0xffff_ffffL)).isEqualTo(0xffff_ffffL);
        assertThat(truth.give("s64", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(truth.indexed(4)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void fires_in_the_background_until_told_to_stop() {
        truth.startBackground("alpha", 0);
        long seen = truth.readBackground();
        long fired = truth.stopBackground();

        assertThat(fired).isGreaterThanOrEqualTo(seen);
        assertThatThrownBy(truth::stopBackground).hasMessageContaining("not going on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TruthContainer.PIE,
                TruthContainer.NO_PIE,
                TruthContainer.STATIC,
                TruthContainer.STRIPPED,
                TruthContainer.DEBUG,
                TruthContainer.ELSEWHERE
            })
    void runs_in_every_build(String build) {
        assertThat(container.exec(build, "call beta 5").count("beta")).isEqualTo(5);
    }

    @Test
    void can_be_copied_out(@TempDir Path folder) throws Exception {
        Path copy = folder.resolve("truth");
        container.copyOut(TruthContainer.STATIC, copy);

        Process process = new ProcessBuilder(copy.toString(), "call", "alpha", "3").start();
        assertThat(process.inputReader().readLine()).isEqualTo("OK alpha=3");
    }
}
