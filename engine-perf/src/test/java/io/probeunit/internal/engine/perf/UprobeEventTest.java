package io.probeunit.internal.engine.perf;

import static io.probeunit.internal.engine.perf.Points.constant;
import static io.probeunit.internal.engine.perf.Points.file;
import static io.probeunit.internal.engine.perf.Points.function;
import static io.probeunit.internal.engine.perf.Points.mark;
import static io.probeunit.internal.engine.perf.Points.memory;
import static io.probeunit.internal.engine.perf.Points.register;
import static io.probeunit.internal.engine.perf.Points.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.tracefs.EventGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UprobeEventTest {

    private static final int RBP = 6;
    private static final int RAX = 0;
    private static final EventGroup GROUP = new EventGroup("g");

    private static List<String> definitions(ProbePoint... points) {
        return UprobeEvent.of(List.of(points), RegisterNames.X86).stream()
                .flatMap(e -> e.definitions(GROUP))
                .toList();
    }

    @Test
    void all_code_of_a_function_is_one_event() {
        assertThat(definitions(function("reserve", false, "arg1", "arg6", "arg2:string")))
                .containsExactly(
                        "p:g/p0 /merged/usr/bin/shop:0x1180 comm=$comm:string v0=%di:u64 v1=%r9:u64 v2=+0(%si):ustring",
                        "p:g/p0 /merged/usr/bin/shop:0x1200 comm=$comm:string v0=%di:u64 v1=%r9:u64 v2=+0(%si):ustring");
    }

    @Test
    void an_argument_is_in_the_register_that_its_type_leaves_it() {
        ProbePoint.Function plain = function("reserve", false, "arg2");
        ProbePoint.Function shifted = new ProbePoint.Function(
                "reserve",
                false,
                plain.symbols(),
                plain.file(),
                plain.slots(),
                List.of(),
                List.of(),
                Map.of(2, 1),
                Map.of());

        assertThat(definitions(shifted)).allSatisfy(event -> assertThat(event).endsWith("v0=%di:u64"));
    }

    @Test
    void a_return_has_its_value() {
        assertThat(definitions(function("reserve", true, "return", "return:string"))
                        .get(0))
                .isEqualTo(
                        "r:g/p0 /merged/usr/bin/shop:0x1180 comm=$comm:string v0=$retval:u64 v1=+0($retval):ustring");
    }

    @Test
    void sites_that_are_read_in_different_ways_are_events_of_one_point() {
        ProbePoint.UsdtMark mark = mark(
                List.of(
                        site(0x10, register(4, true, RAX, 0)),
                        site(0x20, memory(4, RBP, -1, -8)),
                        site(0x30, constant(-7)),
                        site(0x40, register(4, true, RAX, 0)),
                        site(0x50, memory(8, -1, -1, 0x4040))),
                "arg1");

        assertThat(definitions(function("reserve", false), mark))
                .endsWith(
                        "p:g/p1 /merged/usr/bin/shop:0x10 comm=$comm:string v0=%ax:u64",
                        "p:g/p1 /merged/usr/bin/shop:0x40 comm=$comm:string v0=%ax:u64",
                        "p:g/p2 /merged/usr/bin/shop:0x20 comm=$comm:string v0=-8(%bp):u32",
                        "p:g/p3 /merged/usr/bin/shop:0x30 comm=$comm:string",
                        "p:g/p4 /merged/usr/bin/shop:0x50 comm=$comm:string v0=@0x4040:u64");
        assertThat(UprobeEvent.of(List.of(function("reserve", false), mark), RegisterNames.X86))
                .extracting(UprobeEvent::point)
                .containsExactly(0, 1, 1, 1, 1);
    }

    @Test
    void strings_of_marks_are_read_where_the_operand_points_to() {
        assertThat(definitions(mark(
                        List.of(
                                site(0x10, register(8, false, RAX, 0)),
                                site(0x20, memory(8, RBP, -1, 16)),
                                site(0x30, constant(0x402000))),
                        "arg1:string")))
                .containsExactly(
                        "p:g/p0 /merged/usr/bin/shop:0x10 comm=$comm:string v0=+0(%ax):ustring",
                        "p:g/p1 /merged/usr/bin/shop:0x20 comm=$comm:string v0=+0(+16(%bp)):ustring",
                        "p:g/p2 /merged/usr/bin/shop:0x30 comm=$comm:string v0=@0x402000:ustring");
    }

    @Test
    void what_an_event_cannot_read_is_refused() {
        PerfEngine engine = engine("x86_64");

        assertThat(engine.refusal(function("reserve", false, "arg1", "arg6:string")))
                .isEmpty();
        assertThat(engine.refusal(function("reserve", false, "arg9")).orElseThrow())
                .contains("arg9", "register");
        assertThat(engine.refusal(function("reserve", false, "$count")).orElseThrow())
                .contains("$count", "argN");
        assertThat(engine.refusal(mark(List.of(site(0x10, memory(4, RBP, RAX, 0))), "arg1"))
                        .orElseThrow())
                .contains("arg1", "-4@8(%rbp)", "index");
        assertThat(engine.refusal(mark(List.of(site(0x10, memory(4, RBP, -1, 0))), "arg1:string"))
                        .orElseThrow())
                .contains("arg1", "8 bytes", "4");
        Operand odd = new Operand(8, false, new OperandLocation.Unsupported("it is in %xmm0"), "8f@%xmm0");
        assertThat(engine.refusal(mark(List.of(site(0x10, odd)), "arg1")).orElseThrow())
                .isEqualTo("arg1 cannot be captured: it is in %xmm0");
    }

    /** The daemon's machine need not be of the kind of the JVM's. */
    @Test
    void which_arguments_are_in_registers_depends_on_the_machine() {
        ProbePoint point = function("reserve", false, "arg8");

        assertThat(engine("x86_64").refusal(point).orElseThrow())
                .isEqualTo("arg8 is not in a register: only the first 6 arguments of a function are (PU1075)");
        assertThat(engine("aarch64").refusal(point)).isEmpty();
    }

    /** Else its text would become part of the definition. */
    @Test
    void a_path_that_cannot_be_said_is_refused() {
        for (String path : List.of("/mnt/my files/shop", "/mnt/a\nb", "/mnt/#1")) {
            ProbePoint point = new ProbePoint.Function("f", false, List.of(), file(path), List.of());

            assertThat(engine("x86_64").refusal(point).orElseThrow()).contains(path);
        }
    }

    @Test
    void values_are_cut_to_their_width_and_sign() {
        assertThat(SlotReading.narrow(0xa5a5_a5a5_ffff_fffeL, new SlotReading.Number("", 8, 0, 4, true)))
                .isEqualTo(-2);
        assertThat(SlotReading.narrow(0xa5a5_a5a5_ffff_fffeL, new SlotReading.Number("", 8, 0, 4, false)))
                .isEqualTo(4_294_967_294L);
        assertThat(SlotReading.narrow(0x1234L, new SlotReading.Number("", 8, 8, 1, false)))
                .isEqualTo(0x12);
        assertThat(SlotReading.narrow(-1L, new SlotReading.Number("", 8, 0, 8, false)))
                .isEqualTo(-1);
    }

    private static PerfEngine engine(String machine) {
        return new PerfEngine(new FakeHost().machine(machine), PerfSettings.defaults());
    }
}
