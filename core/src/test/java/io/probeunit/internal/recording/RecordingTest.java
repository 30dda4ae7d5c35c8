package io.probeunit.internal.recording;

import static io.probeunit.internal.recording.Fixture.cut;
import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.functionReturn;
import static io.probeunit.internal.recording.Fixture.mark;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.probeMark;
import static io.probeunit.internal.recording.Fixture.probeReturn;
import static io.probeunit.internal.recording.Fixture.session;
import static io.probeunit.internal.recording.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.probeunit.Firing;
import io.probeunit.Firings;
import io.probeunit.Loss;
import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring.Value;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.watch.TargetWatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

    private final FakeEngine engine = new FakeEngine();

    /** Opens a window on annotations, each resolved to the point of the same place in the list. */
    private ProbeWindow open(List<ProbePoint> points, List<ProbeRequest> requests) {
        SessionRecorder recorder = session(engine, "shop", points.toArray(ProbePoint[]::new));
        ProbeWindow window = new ProbeWindow(new ProbePlan(requests, List.of()), List.of("shop"));
        window.open(java.util.stream.IntStream.range(0, requests.size())
                .mapToObj(i -> new RecordedProbe(requests.get(i), recorder, List.of(Math.min(i, points.size() - 1))))
                .toList());
        return window;
    }

    private Recording openOne(ProbePoint point, ProbeRequest... requests) {
        return open(List.of(point), List.of(requests)).recording();
    }

    @Nested
    class Life {

        private final ProbeRequest request = probeFunction("f");
        private final SessionRecorder recorder = session(engine, "shop", function("f"), function("other"));
        private final ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(request), List.of()), List.of("shop"));
        private final Recording recording = window.recording();

        private void open() {
            window.open(List.of(new RecordedProbe(request, recorder, List.of(0))));
        }

        @Test
        void is_empty_before_the_window_opens_and_asks_nothing() {
            engine.fire(0);
            assertThat(recording.function("f").count()).isZero();
            assertThat(recording.firings().list()).isEmpty();
            assertThat(recording.loss()).isEqualTo(Loss.none());
            assertThat(recording).hasToString("Recording (the window has not opened yet; engine none yet)");
            assertThat(engine.barriers()).isZero();
        }

        @Test
        void knows_before_the_window_opens_what_is_not_probed() {
            assertThatThrownBy(() -> recording.function("g")).isInstanceOf(ProbeException.class);
            assertThatThrownBy(() -> recording.mark("f")).isInstanceOf(ProbeException.class);
            assertThatThrownBy(() -> recording.function("f").in("db")).isInstanceOf(ProbeException.class);
            assertThatThrownBy(() -> recording.function("f").where("arg1 == 1")).isInstanceOf(ProbeException.class);
        }

        @Test
        void is_live_while_the_window_is_open() {
            Firings firings = recording.function("f");
            open();
            assertThat(firings.count()).isZero();
            engine.fire(0);
            assertThat(firings.count()).isEqualTo(1);
            engine.fire(0);
            assertThat(firings.list()).hasSize(2);
        }

        @Test
        void is_frozen_when_the_window_has_closed_and_asks_nothing() {
            open();
            engine.fire(0);
            window.freeze();
            int barriers = engine.barriers();
            engine.fire(0);
            assertThat(recording.function("f").count()).isEqualTo(1);
            assertThat(recording.loss()).isEqualTo(Loss.none());
            assertThat(engine.barriers()).isEqualTo(barriers);
        }

        @Test
        void does_not_see_points_of_other_tests() {
            open();
            engine.fire(1);
            assertThat(recording.firings().count()).isZero();
            assertThatThrownBy(() -> recording.function("other")).isInstanceOf(ProbeException.class);
        }

        @Test
        void counts_time_from_the_opening_of_the_window() {
            engine.at(5_000);
            open();
            engine.at(5_700).fire(0);
            assertThat(recording.firings().list()).extracting(Firing::nanos).containsExactly(700L);
        }

        @Test
        void does_not_answer_when_the_engine_is_lost() {
            open();
            engine.fire(0);
            engine.lose("stap ended with 1");
            assertThatThrownBy(() -> recording.function("f").count())
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("stap ended with 1")
                    .hasMessageContaining("at least 1 time");
            assertThatThrownBy(() -> recording.function("f").list()).isInstanceOf(ProbeException.class);
            window.freeze();
            assertThatThrownBy(() -> recording.function("f").count()).isInstanceOf(ProbeException.class);
            assertThat(recording.loss().interruptions()).hasSize(1);
        }

        @Test
        void does_not_trust_an_engine_that_contradicts_itself() {
            open();
            engine.cheat(0);
            assertThatThrownBy(() -> recording.function("f").count())
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("contradicts itself");
            assertThat(recorder.isAlive()).isFalse();
        }

        @Test
        void a_container_that_restarts_makes_a_doubt_about_counts() {
            SessionRecorder restarted = session(
                    engine,
                    "shop",
                    TargetWatch.of(() -> Optional.of(Doubt.missed("container shop restarted"))),
                    function("f"));
            window.open(List.of(new RecordedProbe(request, restarted, List.of(0))));
            assertThatThrownBy(() -> recording.function("f").count()).hasMessageContaining("container shop restarted");
            assertThat(recording.loss().interruptions()).containsExactly("container shop restarted");
        }
    }

    @Nested
    class Names {

        @Test
        void a_function_is_its_entry_if_that_is_probed_else_its_return() {
            Recording both = open(
                            List.of(function("f"), functionReturn("f")), List.of(probeFunction("f"), probeReturn("f")))
                    .recording();
            engine.fire(0);
            engine.fire(1);
            engine.fire(1);
            assertThat(both.function("f").count()).isEqualTo(1);
            assertThat(both.functionReturn("f").count()).isEqualTo(2);
            Recording onReturn = openOne(functionReturn("f"), probeReturn("f"));
            engine.fire(0);
            assertThat(onReturn.function("f").list()).extracting(Firing::probe).containsExactly("f.return");
        }

        @Test
        void a_glob_sums_over_what_it_matches_and_each_match_has_its_name() {
            SessionRecorder recorder = session(engine, "shop", function("sort_a"), function("sort_b"));
            ProbeRequest glob = probeFunction("sort_*");
            ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(glob), List.of()), List.of("shop"));
            window.open(List.of(new RecordedProbe(glob, recorder, List.of(0, 1))));
            engine.fire(0);
            engine.fire(1);
            assertThat(window.recording().function("sort_*").count()).isEqualTo(2);
            assertThat(window.recording().function("sort_b").count()).isEqualTo(1);
            assertThatThrownBy(() -> window.recording().function("sort_?")).isInstanceOf(ProbeException.class);
        }

        @Test
        void a_firing_under_two_annotations_is_one_firing() {
            Recording recording = openOne(function("f"), probeFunction("f"), probeFunction("*"));
            engine.fire(0);
            assertThat(recording.firings().count()).isEqualTo(1);
            assertThat(recording.firings().list()).hasSize(1);
        }

        @Test
        void says_what_is_probed_and_what_is_near() {
            Recording recording = openOne(function("reserve_stock"), probeFunction("reserve_stock"));
            assertThatThrownBy(() -> recording.function("reserve_stok"))
                    .isInstanceOf(ProbeException.class)
                    .hasMessage(
                            "This test does not probe the function reserve_stok. "
                                    + "Did you mean reserve_stock? It probes: function reserve_stock. "
                                    + "To record it, add @ProbeFunction(\"reserve_stok\"), or function(\"reserve_stok\") of Probes.");
        }

        @ParameterizedTest
        @ValueSource(strings = {"query__start", "query-start", "postgresql:query__start", "postgresql:query-start"})
        void a_mark_has_several_spellings(String name) {
            Recording recording = openOne(mark("postgresql:query__start"), probeMark("postgresql:query__start"));
            engine.fire(0);
            assertThat(recording.mark(name).count()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"query__done", "shop:query__start", "", ":", "a b"})
        void a_mark_that_is_not_probed_is_an_error(String name) {
            Recording recording = openOne(mark("postgresql:query__start"), probeMark("postgresql:query__start"));
            assertThatThrownBy(() -> recording.mark(name)).isInstanceOf(ProbeException.class);
        }

        @Test
        void a_bare_name_of_two_providers_is_ambiguous() {
            Recording recording = open(List.of(mark("a:x"), mark("b:x")), List.of(probeMark("a:x"), probeMark("b:x")))
                    .recording();
            assertThatThrownBy(() -> recording.mark("x"))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("a:x, b:x");
            assertThat(recording.mark("b:x").count()).isZero();
        }

        @Test
        void a_function_in_several_binaries_is_ambiguous() {
            Recording recording = open(
                            List.of(function("/bin/a", "f", false), function("/bin/b", "f", false)),
                            List.of(probeFunction("f"), probeFunction("f")))
                    .recording();
            assertThatThrownBy(() -> recording.function("f"))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("/bin/a, /bin/b");
        }

        @Test
        void sums_over_targets_and_narrows_to_one() {
            FakeEngine second = new FakeEngine();
            ProbeRequest request = probeFunction("f");
            ProbeRequest inDb = probeMark("db:x");
            SessionRecorder shop = session(engine, "shop", function("f"));
            SessionRecorder db = session(second, "db", function("f"), mark("db:x"));
            ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(request), List.of()), List.of("shop", "db"));
            window.open(List.of(
                    new RecordedProbe(request, shop, List.of(0)),
                    new RecordedProbe(request, db, List.of(0)),
                    new RecordedProbe(inDb, db, List.of(1))));
            engine.at(30).fire(0);
            second.at(20).fire(0);
            Recording recording = window.recording();
            assertThat(recording.function("f").count()).isEqualTo(2);
            assertThat(recording.function("f").list())
                    .extracting(Firing::container)
                    .containsExactly("db", "shop");
            assertThat(recording.function("f").in("db").count()).isEqualTo(1);
            assertThat(recording.firings().in("db").list())
                    .extracting(Firing::container)
                    .containsExactly("db");
            assertThatThrownBy(() -> recording.firings().in("bd"))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("Did you mean db?")
                    .hasMessageContaining("Probed are: db, shop.");
            assertThatThrownBy(() -> recording.mark("db:x").in("shop"))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("is not probed in container shop, but in: db");
        }
    }

    @Nested
    class Captures {

        @Test
        void have_the_types_of_the_annotation() {
            Recording recording =
                    openOne(function("f", "arg1", "arg2:string"), probeFunction("f", "arg2:string", "arg1:s32"));
            engine.fire(0, number(0xfffffffeL), text("book"));
            engine.fire(0, number(1), cut("boo"));
            engine.fire(0, number(1), new Value.Unreadable());
            assertThat(recording.firings().list())
                    .extracting(f -> List.copyOf(f.captures().values()))
                    .containsExactly(List.of("book", -2L), List.of("boo\u2026", 1L), List.of("<unreadable>", 1L));
        }

        @Test
        void without_a_type_are_as_recorded() {
            Recording recording = openOne(function("f", "arg1"), probeFunction("f", "arg1"));
            engine.fire(0, number(0xfffffffeL));
            assertThat(recording.firings().list().get(0).captures()).containsExactly(entry("arg1", 4294967294L));
        }

        @Test
        void of_several_annotations_are_united_in_their_order_and_a_type_wins() {
            Recording recording = openOne(
                    function("f", "arg1", "arg2", "arg2:string", "arg3"),
                    probeFunction("f", "arg2", "arg1"),
                    probeFunction("f*", "arg3", "arg2:string"));
            engine.fire(0, number(1), number(2), text("two"), number(3));
            assertThat(recording.firings().list().get(0).captures())
                    .containsExactly(entry("arg2", "two"), entry("arg1", 1L), entry("arg3", 3L));
        }

        @Test
        void with_two_types_are_refused() {
            ProbeRequest one = probeFunction("f", "arg1:s32");
            ProbeRequest other = probeFunction("f*", "arg1:u8");
            assertThatThrownBy(() -> CaptureTypes.check(List.of(one, other)))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("@ProbeFunction(\"f\") reads arg1 as s32, and @ProbeFunction(\"f*\"), "
                            + "on the same probe point, as u8; a firing holds it once, so give one type (PU0221).");
            assertThatThrownBy(() -> openOne(function("f", "arg1"), one, other)).isInstanceOf(PlanException.class);
            assertThat(engine.barriers()).isZero();
        }
    }

    @Nested
    class Where {

        @Test
        void counts_only_what_satisfies_it() {
            Recording recording = openOne(mark("a:x", "arg1", "arg2:string"), probeMark("a:x", "arg1", "arg2:string"));
            engine.fire(0, number(42), text("book"));
            engine.fire(0, number(43), text("book"));
            engine.fire(0, number(42), text("pen"));
            Firings books = recording.mark("x").where("arg2 == book");
            assertThat(books.count()).isEqualTo(2);
            assertThat(books.where("arg1 == 42").count()).isEqualTo(1);
            assertThat(recording.mark("x").where("arg2:string =~ ^p").list()).hasSize(1);
            assertThat(recording.firings().where("arg1 >= 42").count()).isEqualTo(3);
        }

        @Test
        void reads_the_sign_of_the_note_unless_it_gives_a_type() {
            Recording signed = openOne(mark("a:x", true, 8, "arg1"), probeMark("a:x", "arg1"));
            engine.fire(0, number(-2));
            assertThat(signed.firings().where("arg1 == -2").count()).isEqualTo(1);
            Recording unsigned = openOne(mark("a:x", "arg1"), probeMark("a:x", "arg1"));
            engine.fire(0, number(-2));
            assertThat(unsigned.firings().where("arg1 > 0").count()).isEqualTo(1);
            assertThat(unsigned.firings().where("arg1:s8 == -2").count()).isEqualTo(1);
        }

        @Test
        void on_a_raw_register_is_refused() {
            Recording recording = openOne(function("f", "arg1"), probeFunction("f", "arg1"));
            assertThatThrownBy(() -> recording.function("f").where("arg1 == 2"))
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("arg1:s32");
        }

        @ParameterizedTest
        @ValueSource(strings = {"arg2:s32 == 1", "arg1 == 1", "arg1:string == x", "arg1 = 1", "arg1 =~ x", "nothing"})
        void that_cannot_be_answered_is_refused(String condition) {
            Recording recording = openOne(function("f", "arg1"), probeFunction("f", "arg1"));
            assertThatThrownBy(() -> recording.function("f").where(condition)).isInstanceOf(ProbeException.class);
        }

        @Test
        void says_what_is_captured() {
            Recording recording = openOne(function("f", "arg1"), probeFunction("f", "arg1:u32"));
            assertThatThrownBy(() -> recording.function("f").where("arg3:s32 == 1"))
                    .hasMessage("where(\"arg3:s32 == 1\"): arg3:s32 is not captured at f, which captures arg1:u32. "
                            + "Add capture = \"arg3:s32\" to its annotation.");
        }

        @Test
        void does_not_use_what_only_another_test_captures() {
            Recording recording = openOne(function("f", "arg1", "arg2"), probeFunction("f", "arg1"));
            assertThatThrownBy(() -> recording.function("f").where("arg2:s32 == 1"))
                    .isInstanceOf(ProbeException.class);
        }

        @Test
        void throws_if_dropped_details_could_matter() {
            Recording recording = openOne(function("f", "arg1"), probeFunction("f", "arg1"));
            engine.fire(0, number(1));
            engine.drop(0);
            engine.drop(0);
            assertThat(recording.function("f").count()).isEqualTo(3);
            assertThat(recording.function("f").list()).hasSize(1);
            assertThat(recording.loss()).isEqualTo(new Loss(2, List.of()));
            assertThatThrownBy(
                            () -> recording.function("f").where("arg1:s64 == 1").count())
                    .isInstanceOf(ProbeException.class)
                    .hasMessage("The count of function f where \"arg1:s64 == 1\" is not known. "
                            + "It fired 1 to 3 times: the details of 2 firings were dropped.");
        }

        @Test
        void throws_if_text_was_cut_where_it_matters() {
            Recording recording = openOne(function("f", "arg1:string"), probeFunction("f", "arg1:string"));
            engine.fire(0, cut("SELECT * FROM a"));
            assertThat(recording.function("f").where("arg1 =~ ^SELECT").count()).isEqualTo(1);
            assertThat(recording.function("f").where("arg1 == UPDATE").count()).isZero();
            assertThatThrownBy(
                            () -> recording.function("f").where("arg1 =~ WHERE").count())
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("0 to 1 time");
            assertThat(recording.function("f").where("arg1 =~ WHERE").list()).isEmpty();
        }
    }
}
