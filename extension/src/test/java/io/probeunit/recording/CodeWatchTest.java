package io.probeunit.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.engine.CodeUse.Code;
import io.probeunit.engine.CodeUse.Unseen;
import io.probeunit.engine.Lookout;
import io.probeunit.plan.Doubt;
import io.probeunit.recording.TargetWatch.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

    @Test
    void what_was_mapped_in_the_window_is_told_of_the_point_and_what_was_before_is_not() {
        Deque<Lookout.Mappings> mapped = new ArrayDeque<>(List.of(
                new Lookout.Mappings(List.of(mapped(1)), false),
                Lookout.Mappings.NONE,
                new Lookout.Mappings(List.of(mapped(2)), true),
                new Lookout.Mappings(List.of(), false)));
        Lookout.Watch lookout = new Lookout.Watch() {
            @Override
            public Lookout.Seen seen() {
                throw new AssertionError("not asked");
            }

            @Override
            public Lookout.Mappings mapped() {
                return mapped.remove();
            }

            @Override
            public void close() {
                // sees on
            }
        };
        TargetWatch.Vigil vigil = new MappingWatch(
                        "shop",
                        lookout,
                        (codes, them) -> List.of(new Unseen(
                                codes.iterator().next(), "pid " + them.get(0).pid(), false)))
                .begin(List.of(POINT));

        assertThat(vigil.look()).isEqualTo(Seen.NOTHING);
        assertThat(vigil.look()).isEqualTo(Seen.doubted(Map.of(3, List.of(Doubt.missed("pid 2")))));
        assertThat(vigil.look().remarks())
                .singleElement()
                .asString()
                .startsWith("so many programs were started in container shop");
    }

    private static Lookout.Mapped mapped(long pid) {
        return new Lookout.Mapped(pid, false, 0, "/opt/other", false, 8, 42, 4, 0, 1);
    }

    @Test
    void a_link_of_another_name_is_looked_up_by_that_name() {
        String file = POINT.point().file().path();
        List<Optional<String>> names = new ArrayList<>();
        new CodeWatch(
                        codes -> {
                            codes.forEach(code -> names.add(code.name()));
                            return List.of();
                        },
                        true)
                .begin(List.of(
                        new WatchedPoint(1, POINT.point(), Optional.empty(), List.of("/link" + file)),
                        new WatchedPoint(2, POINT.point(), Optional.empty(), List.of("/opt/current"))));

        assertThat(names).containsExactly(Optional.empty(), Optional.of("current"));
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
