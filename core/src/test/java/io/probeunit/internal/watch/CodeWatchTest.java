package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.CodeUse.Code;
import io.probeunit.internal.engine.CodeUse.Sight;
import io.probeunit.internal.engine.CodeUse.Unseen;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.recording.Fixture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /** What was mapped before each look; nobody knows of those behind the last one. */
    private final Deque<KernelWatch.Mappings> mapped = new ArrayDeque<>();

    private final List<Optional<String>> names = new ArrayList<>();
    private final CodeWatch.ProcessCode processCode = new FakeProcessCode();
    private final CodeWatch watch = new CodeWatch("shop", processCode, true);
    private boolean certain;
    private boolean lasting = true;
    private int looked;

    @Test
    void what_stays_is_told_of_the_point() {
        looks.add(List.of("moved"));
        assertThat(look()).isEqualTo(Findings.doubts(Map.of(3, List.of(Doubt.missed("moved")))));
    }

    @Test
    void what_is_gone_at_the_next_look_is_a_process_that_was_just_beginning() {
        looks.addAll(List.of(List.of("half mapped"), List.of("half mapped"), List.of()));
        assertThat(look()).isEqualTo(Findings.NOTHING);
    }

    @Test
    void what_is_certain_is_told_though_it_is_gone() {
        certain = true;
        looks.addAll(List.of(List.of("another file of the name"), List.of()));
        assertThat(look().ofPoints()).containsOnlyKeys(3);
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
        assertThat(look().ofPoints()).containsOnlyKeys(3);
    }

    @Test
    void a_crowd_is_told_by_its_first() {
        certain = true;
        looks.add(List.of("a", "b", "c", "d", "e"));
        assertThat(look().ofPoints().get(3)).hasSize(3);
    }

    @Test
    void where_a_look_takes_long_there_is_one_when_the_window_begins() {
        certain = true;
        looks.addAll(List.of(List.of("moved before"), List.of("moved later")));

        Findings found =
                new CodeWatch("shop", processCode, false).begin(List.of(POINT)).look();

        assertThat(found).isEqualTo(Findings.doubts(Map.of(3, List.of(Doubt.missed("moved before")))));
    }

    @Test
    void what_was_mapped_in_the_window_is_told_of_the_point_and_what_was_before_is_not() {
        looks.add(List.of());
        mapped.addAll(List.of(
                new KernelWatch.Mappings(List.of(mapped(1)), false, false),
                KernelWatch.Mappings.NONE,
                new KernelWatch.Mappings(List.of(mapped(2)), true, false),
                new KernelWatch.Mappings(List.of(), false, false)));
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(POINT));

        assertThat(windowWatch.look()).isEqualTo(Findings.mapped(List.of(mapped(1))));
        assertThat(windowWatch.look())
                .isEqualTo(Findings.doubts(Map.of(3, List.of(Doubt.missed("pid 2"))))
                        .and(Findings.mapped(List.of(mapped(1), mapped(2)))));
        assertThat(windowWatch.look().notes())
                .singleElement()
                .asString()
                .startsWith("so many programs were started in container shop");
    }

    @Test
    void nobody_looks_again_while_nothing_is_mapped() {
        looks.add(List.of());
        mapped.addAll(Collections.nCopies(4, KernelWatch.Mappings.NONE));
        watch.begin(List.of(POINT)).look();
        watch.begin(List.of(POINT)).look();
        assertThat(looked).isEqualTo(1);

        mapped.add(KernelWatch.Mappings.UNKNOWN);
        watch.begin(List.of(POINT));
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void another_point_is_looked_at() {
        looks.add(List.of());
        mapped.addAll(Collections.nCopies(2, KernelWatch.Mappings.NONE));
        watch.begin(List.of(POINT));
        watch.begin(List.of(
                POINT,
                new WatchedPoint(4, Fixture.function("/opt/other", "reserve", false), Optional.empty(), List.of())));
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void what_was_seen_amiss_or_may_change_unheard_is_looked_at_again() {
        certain = true;
        looks.addAll(List.of(List.of("moved"), List.of(), List.of()));
        mapped.addAll(Collections.nCopies(4, KernelWatch.Mappings.NONE));
        lasting = false;
        TargetWatch.WindowWatch windowWatch = watch.begin(List.of(POINT));
        assertThat(windowWatch.look().ofPoints()).containsOnlyKeys(3);
        assertThat(looked).isEqualTo(2);
        lasting = true;
        windowWatch.look();
        windowWatch.look();
        assertThat(looked).isEqualTo(3);
    }

    private static KernelWatch.Mapped mapped(long pid) {
        return new KernelWatch.Mapped(pid, false, 0, "/opt/other", false, 8, 42, 4, 0, 1);
    }

    @Test
    void a_link_of_another_name_is_looked_up_by_that_name() {
        String file = POINT.point().file().path();
        looks.add(List.of());
        watch.begin(List.of(
                new WatchedPoint(1, POINT.point(), Optional.empty(), List.of("/link" + file)),
                new WatchedPoint(2, POINT.point(), Optional.empty(), List.of("/opt/current"))));

        assertThat(names).containsExactly(Optional.empty(), Optional.of("current"));
    }

    private Findings look() {
        return watch.begin(List.of(POINT)).look();
    }

    private final class FakeProcessCode implements CodeWatch.ProcessCode {
        @Override
        public Sight look(Collection<Code> codes) {
            looked++;
            names.clear();
            codes.forEach(code -> names.add(code.name()));
            List<String> now = looks.size() > 1 ? looks.remove() : looks.peek();
            Code code = codes.iterator().next();
            return new Sight(
                    now.stream()
                            .map(reason -> new Unseen(code, Doubt.missed(reason), certain))
                            .toList(),
                    lasting);
        }

        @Override
        public KernelWatch.Mappings mapped() {
            return Optional.ofNullable(mapped.poll()).orElse(KernelWatch.Mappings.UNKNOWN);
        }

        @Override
        public List<Unseen> unseen(Collection<Code> codes, List<KernelWatch.Mapped> them) {
            return List.of(new Unseen(
                    codes.iterator().next(), Doubt.missed("pid " + them.get(0).pid()), false));
        }
    }
}
