package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchedMarksTest {

    private static List<Doubt> doubts(String provider, String name) {
        return SwitchedMarks.doubts(
                new Mark(provider, name, List.of(new MarkSite(16, 16, Optional.empty(), List.of()))));
    }

    @ParameterizedTest
    @CsvSource({
        "hotspot, method__entry, -XX:+DTraceMethodProbes",
        "hotspot, monitor__wait, -XX:+DTraceMonitorProbes",
        "hotspot, object__alloc, -XX:+DTraceAllocProbes",
        "php, function__return, USE_ZEND_DTRACE=1",
        "python, function__entry, CPython 3.11",
        "ruby, method__entry, TracePoint"
    })
    void that_are_silent_may_be_off(String provider, String name, String cause) {
        assertThat(doubts(provider, name)).singleElement().satisfies(doubt -> {
            assertThat(doubt.text()).contains(provider + ":" + name, cause);
            assertThat(doubt.concerns(0)).isTrue();
            assertThat(doubt.concerns(1)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gc__begin", "thread__start", "class__loaded", "my_method__entry"})
    void others_are_always_on(String name) {
        assertThat(doubts("hotspot", name)).isEmpty();
    }

    @Test
    void of_other_providers_are_always_on() {
        assertThat(doubts("shop", "method__entry")).isEmpty();
        assertThat(doubts("ruby", "cmethod__entry")).isEmpty();
    }
}
