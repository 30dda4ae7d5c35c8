package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.targets.Cgroup;
import io.probeunit.internal.targets.CgroupLevels;
import io.probeunit.internal.targets.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BpfScriptTest {

    private static final SessionRequest SMALL = Points.request(
            Points.function("reserve_stock", "arg1", "arg2:string", "arg3"),
            Points.function(
                    List.of(Points.symbol("price.constprop.0", 0x1200), Points.symbol("price.isra.1", 0x1300)),
                    true,
                    "return"),
            Points.mark(
                    "shop",
                    "order__placed",
                    List.of(
                            Points.site(0x2010, Points.register(4, true, 5), Points.memory(2, false, 6, -1, 1, -24)),
                            Points.site(0x2f20, Points.register(4, true, 5), Points.memory(2, false, 6, -1, 1, -24))),
                    "arg1",
                    "arg2"));

    /** Read it before you change it: SystemTap takes much that it then does not do. */
    @Test
    void a_small_script_is_this_one() throws IOException {
        try (InputStream golden = BpfScriptTest.class.getResourceAsStream("small.stp")) {
            assertThat(write(SMALL, 2, Points.NONCE, Points.BY_SYMBOL))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void what_our_tools_do_in_the_container_is_left_out() {
        Target bare = SMALL.target();
        Target withTools = new Target(
                bare.name(),
                bare.containerId(),
                bare.pid(),
                bare.startTime(),
                bare.startedAt(),
                bare.cgroup(),
                bare.defaultBinary(),
                OptionalLong.of(888));

        String script = write(new SessionRequest(withTools, SMALL.points(), 1000), 2, Points.NONCE, Points.BY_SYMBOL);

        // helper 80 gives the id of the group that the task itself is in
        assertThat(script)
                .contains("function pu_group:long() %{ /* bpf */ /* pure */\n  0x85, 0, 0, 0, 80;")
                .contains("if (pu_target() == 777 && pu_group() != 888) {")
                .doesNotContain("if (pu_target() == 777) {");
    }

    /** The handler compares what comes out with the target's id. */
    @Test
    void a_target_at_a_level_that_is_not_known_is_looked_for_at_each() {
        Target known = SMALL.target();
        Target unknown = new Target(
                known.name(),
                known.containerId(),
                known.pid(),
                known.startTime(),
                known.startedAt(),
                new Cgroup("/docker/0123456789ab", 777, new CgroupLevels(3, 5)),
                known.defaultBinary());

        String script = write(
                new SessionRequest(unknown, SMALL.points(), SMALL.detailQuota()), 2, Points.NONCE, Points.BY_SYMBOL);

        assertThat(script).startsWith("""
                function pu_target:long() %{ /* bpf */ /* pure */
                  0xb7, 1, -, -, 3;
                  0x85, 0, 0, 0, 123;
                  0xbf, $$, 0, 0, 0;
                  0x15, $$, -, _seen, 777;
                  0xb7, 1, -, -, 4;
                  0x85, 0, 0, 0, 123;
                  0xbf, $$, 0, 0, 0;
                  0x15, $$, -, _seen, 777;
                  0xb7, 1, -, -, 5;
                  0x85, 0, 0, 0, 123;
                  0xbf, $$, 0, 0, 0;
                  label, _seen;
                %}
                """);
        String small = write(SMALL, 2, Points.NONCE, Points.BY_SYMBOL);
        assertThat(script.substring(script.indexOf("function pu_cpu")))
                .isEqualTo(small.substring(small.indexOf("function pu_cpu")));
    }

    @Test
    void functions_of_a_file_that_is_named_so_are_named_by_their_addresses() {
        String byName = write(SMALL, 2, Points.NONCE, Points.BY_SYMBOL);
        String byAddress = write(SMALL, 2, Points.NONCE, new PlaceNames(Set.of(Points.PATH), Map.of()));

        assertThat(byAddress)
                .isEqualTo(byName.replace("(\"reserve_stock\")", "(0x401180)")
                        .replace("(\"price.constprop.0\")", "(0x401200)")
                        .replace("(\"price.isra.1\")", "(0x401300)"))
                .isNotEqualTo(byName);
        assertThat(write(SMALL, 2, Points.NONCE, new PlaceNames(Set.of("/another/file"), Map.of())))
                .isEqualTo(byName);
    }

    /** SystemTap has one handler for all sites of a mark that it is told of by its name. */
    @Test
    void sites_that_are_read_otherwise_have_a_handler_of_their_own() {
        SessionRequest request = Points.request(Points.mark(
                "shop",
                "order__placed",
                List.of(
                        Points.site(0x2010, Points.register(4, true, 5)),
                        Points.site(0x3010, Points.register(8, true, 3)),
                        Points.site(0x4010, Points.register(4, true, 5))),
                "arg1"));
        PlaceNames names = PlaceNames.of(request.points(), new SessionFolder("/run/probeunit/stap", "pu_1_abc"));

        String script = write(request, 2, Points.NONCE, names);

        assertThat(script.lines().filter(line -> line.matches("probe process.*|.*v0 = .*|.*printf.*E0.*")))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(".function(\"pu_2010\").call {"),
                        line -> assertThat(line).endsWith("v0 = @uregister(5)"),
                        line -> assertThat(line).contains("E0 %ld %ld %ld %ld 0 %ld|"),
                        line -> assertThat(line).endsWith(".function(\"pu_4010\").call {"),
                        line -> assertThat(line).endsWith("v0 = @uregister(5)"),
                        line -> assertThat(line).contains("E0 %ld %ld %ld %ld 0 %ld|"),
                        line -> assertThat(line).endsWith(".function(\"pu_3010\").call {"),
                        line -> assertThat(line).endsWith("v0 = @uregister(3)"),
                        line -> assertThat(line).contains("E0 %ld %ld %ld %ld 1 %ld|"));
    }

    @Test
    void every_firing_is_added_to_one_counter_on_each_way_through_a_handler() {
        String script = write(SMALL, 2, Points.NONCE, Points.BY_SYMBOL);

        // two clones of one function, and the two others
        assertThat(count(script, "if \\(printed == 0\\) \\{\n +pu_add\\(1, 1\\)"))
                .as("unprinted")
                .isEqualTo(1);
        assertThat(count(script, "pu_add\\(3, 1\\)")).isEqualTo(2);
        assertThat(count(script, "pu_add\\(5, 1\\)")).isEqualTo(1);
        assertThat(count(script, "printed = pu_add\\(0, 1\\)")).as("printed").isEqualTo(1);
        assertThat(count(script, "pu_add\\(pu_cpu\\(\\) \\+ 15, 1\\)"))
                .as("guard taken")
                .isEqualTo(4);
        assertThat(count(script, "pu_add\\(pu_cpu\\(\\) \\+ 15, 0 - 1\\)"))
                .as("guard given back")
                .isEqualTo(4);
    }

    @Test
    void the_place_of_every_variable_is_checked_before_anything_is_counted() {
        SessionRequest request = many(40);
        MapLayout layout = new MapLayout(Judging.none(40), 3);

        String script = write(request, 3, Points.NONCE, Points.BY_SYMBOL);

        StringBuilder declared = new StringBuilder();
        for (int key = 0; key < layout.size(); key++) {
            declared.append("global c%d\n".formatted(key));
            assertThat(script)
                    .contains("  right += (c%d >> 32) == %d\n  c%1$d = 0\n".formatted(key, layout.size() - key));
        }
        assertThat(script).contains(declared).contains("  if (right == %d) {\n".formatted(layout.size()));
    }

    /** 32 arguments and 256 bytes of format are what SystemTap's printf takes. */
    @Test
    void no_line_is_longer_than_printf_takes() {
        String[] captures = IntStream.rangeClosed(1, 12)
                .boxed()
                .flatMap(i -> List.of("arg" + i, "arg" + i).stream())
                .toArray(String[]::new);
        ProbePoint wide = Points.mark(
                "shop",
                "wide",
                List.of(Points.site(
                        0x10,
                        IntStream.range(0, 12)
                                .mapToObj(i -> Points.register(8, false, i))
                                .toArray(io.probeunit.internal.binary.Operand[]::new))),
                captures);
        assertThat(PointReading.refusal(wide)).isEmpty();
        SessionRequest request = Points.request(with(many(100).points(), wide).toArray(ProbePoint[]::new));

        String script = write(request, 2, Points.NONCE, Points.BY_SYMBOL);

        Matcher printf =
                Pattern.compile("printf\\(\"((?:[^\"\\\\]|\\\\.)*)\"(.*)\\)\n").matcher(script);
        int lines = 0;
        while (printf.find()) {
            lines++;
            assertThat(printf.group(1)).hasSizeLessThan(256);
            assertThat(count(printf.group(1), "%(ld|s)")).isLessThanOrEqualTo(32);
        }
        assertThat(lines).isGreaterThan(100);
    }

    @Test
    void lines_that_may_be_under_way_fit_into_the_buffer() {
        ProbePoint small = Points.function("f");
        ProbePoint large = Points.function("f", "arg1:string", "arg2:string", "arg3", "arg4", "arg5", "arg6");

        assertThat(BpfScript.credit(List.of(small))).isEqualTo(40);
        assertThat(BpfScript.credit(List.of(small, large))).isBetween(15, 22);
        assertThat(BpfScript.creditStep(List.of(small))).isEqualTo(4);
        assertThat(BpfScript.creditStep(List.of(small, large))).isEqualTo(1);
    }

    /** 24,000 bytes are 96 lines of the former, and 24 with the latter. */
    @Test
    void what_the_common_credit_leaves_is_sure_for_the_points_that_a_window_wants() {
        ProbePoint small = Points.function("f");
        ProbePoint large = Points.function("f", "arg1:string", "arg2:string", "arg3", "arg4", "arg5", "arg6");

        assertThat(BpfScript.sure(List.of(small), 0)).isEqualTo(10);
        assertThat(BpfScript.sure(List.of(small), 1)).isEqualTo(10);
        assertThat(BpfScript.sure(List.of(small), 8)).isEqualTo(7);
        assertThat(BpfScript.sure(List.of(small, large), 1)).isBetween(5, 8);
        assertThat(BpfScript.sure(List.of(small, large), 100)).isZero();
    }

    private static String write(SessionRequest request, int cpus, Nonce nonce, PlaceNames names) {
        return BpfScript.write(
                request, new MapLayout(Judging.none(request.points().size()), cpus), nonce, names);
    }

    private static SessionRequest many(int points) {
        return Points.request(IntStream.range(0, points)
                .mapToObj(i -> Points.function("f" + i))
                .toArray(ProbePoint[]::new));
    }

    private static List<ProbePoint> with(List<ProbePoint> points, ProbePoint last) {
        return java.util.stream.Stream.concat(points.stream(), java.util.stream.Stream.of(last))
                .toList();
    }

    private static long count(String text, String expression) {
        return Pattern.compile(expression).matcher(text).results().count();
    }
}
