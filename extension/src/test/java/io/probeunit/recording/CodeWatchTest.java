package io.probeunit.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.engine.CodeUse.Code;
import io.probeunit.engine.CodeUse.Unseen;
import io.probeunit.plan.Doubt;
import io.probeunit.recording.TargetWatch.Seen;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodeWatchTest {

    private static final WatchedPoint POINT =
            new WatchedPoint(3, Fixture.function("reserve"), Optional.empty(), List.of());

    /** What each look sees; the last one is seen for ever. */
    private final Deque<List<String>> looks = new ArrayDeque<>();

    private boolean certain;

    @Test
    void what_stays_is_told_of_the_point() {
        looks.add(List.of("moved"));
        assertThat(look()).isEqualTo(Seen.doubted(Map.of(3, List.of(Doubt.missed("moved")))));
    }

    @Test
    void what_is_gone_at_the_next_look_is_a_process_that_was_just_beginning() {
        looks.addAll(List.of(List.of("half mapped"), List.of("half mapped"), List.of()));
        assertThat(look()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void what_is_certain_is_told_though_it_is_gone() {
        certain = true;
        looks.addAll(List.of(List.of("another file of the name"), List.of()));
        assertThat(look().doubts()).containsOnlyKeys(3);
    }

    @Test
    void what_was_there_when_the_window_began_is_told_at_its_end() {
        looks.addAll(List.of(
                List.of("moved"),
                List.of("moved"),
                List.of("moved"),
                List.of("moved"),
                List.of("moved"),
                List.of("moved")));
        looks.add(List.of());
        assertThat(look().doubts()).containsOnlyKeys(3);
    }

    @Test
    void a_crowd_is_told_by_its_first() {
        certain = true;
        looks.add(List.of("a", "b", "c", "d", "e"));
        assertThat(look().doubts().get(3)).hasSize(3);
    }

    @Test
    void where_a_look_takes_long_there_is_one_when_the_window_begins() {
        certain = true;
        looks.addAll(List.of(List.of("moved before"), List.of("moved later")));

        Seen seen = new CodeWatch(this::next, false).begin(List.of(POINT)).look();

        assertThat(seen).isEqualTo(Seen.doubted(Map.of(3, List.of(Doubt.missed("moved before")))));
    }

    private Seen look() {
        return new CodeWatch(this::next, true).begin(List.of(POINT)).look();
    }

    private List<Unseen> next(Collection<Code> codes) {
        List<String> now = looks.size() > 1 ? looks.remove() : looks.peek();
        Code code = codes.iterator().next();
        return now.stream().map(reason -> new Unseen(code, reason, certain)).toList();
    }
}
