package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Frame;
import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.ProgramsContainer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * Stacks are those that gdb shows in the same program, though it was built without frame pointers, and has ended by the time
 * that anybody looks.
 */
@Testcontainers
@Timeout(600)
@Tag("attach")
@OnlyEngine({"uprobe", "perf"})
class StacksTest {

    private static final String CALLS = "/opt/t/calls";
    private static final String[] WAYS = {"chain", "recursion", "signal", "sort", "thread", "plugin"};

    /** Of templates gdb also prints the type that they return, and all arguments. */
    private static final Pattern FRAME = Pattern.compile("#\\d+ +(?:0x([0-9a-f]+) in )?(.+?) ?\\(.*");

    private static final Pattern SIGNAL = Pattern.compile("#\\d+ +(<signal handler called>)");
    private static final Pattern LINE = Pattern.compile("#\\d+ .* at (.+:\\d+)");
    private static final int IN_PAGE = 0xfff;
    private static final String[] LINES = {"/opt/t/calls-lines5", "/opt/t/calls-lines4"};

    @Container
    @Probed(binary = CALLS)
    static final ProgramsContainer container = new ProgramsContainer("stacks")
            .withPrivilegedMode(EngineUnderTest.host().equals("container"));

    private static final Map<String, List<Seen>> TRUTH = new HashMap<>();
    private static final Map<String, List<String>> LINES_TRUTH = new HashMap<>();

    /** A frame as gdb shows it: its function, and its address in a page, which loading does not change. */
    private record Seen(String function, long inPage) {
        static Seen of(Frame frame) {
            boolean made = frame.function().equals(Frame.SIGNAL);
            return new Seen(frame.function(), made ? 0 : frame.offset() & IN_PAGE);
        }
    }

    /** Before anything is armed, since the programs under gdb would fire too. */
    @BeforeAll
    static void askGdb() {
        Stream.of(WAYS).forEach(way -> TRUTH.put(way, gdb(CALLS, way)));
        TRUTH.put("static", gdb("/opt/t/calls-static", "signal"));
        TRUTH.put("frames", gdb("/opt/t/calls-frames", "chain"));
        TRUTH.put("cart", gdb("/opt/t/cart", "cart"));
        Stream.of(LINES).forEach(program -> LINES_TRUTH.put(program, lines(program)));
    }

    private static List<String> lines(String program) {
        return backtrace(program, "chain").stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    private static List<Seen> gdb(String program, String way) {
        return backtrace(program, way).stream().flatMap(StacksTest::seen).toList();
    }

    private static List<String> backtrace(String program, String way) {
        return container.lines(
                "gdb",
                "-batch",
                "-nx",
                "-ex",
                "set backtrace past-main on",
                "-ex",
                "handle SIGUSR1 nostop noprint pass",
                "-ex",
                "break *work",
                "-ex",
                "run",
                "-ex",
                "bt",
                "-ex",
                "kill",
                "--args",
                program,
                way);
    }

    private static Stream<Seen> seen(String line) {
        Matcher signal = SIGNAL.matcher(line);
        if (signal.matches()) {
            return Stream.of(new Seen(Frame.SIGNAL, 0));
        }
        Matcher frame = FRAME.matcher(line);
        return frame.matches()
                ? Stream.of(new Seen(name(frame.group(2)), Long.parseLong(frame.group(1), 16) & IN_PAGE))
                : Stream.empty();
    }

    private static String name(String shown) {
        if (shown.equals("??")) {
            return Frame.UNKNOWN;
        }
        String bare = shown.replaceAll("<.*>", "");
        return bare.substring(bare.lastIndexOf(' ') + 1);
    }

    @Tag("host")
    @ParameterizedTest
    @ValueSource(strings = {"chain", "recursion", "signal", "sort", "thread", "plugin"})
    @ProbeFunction(value = "work", capture = "stack")
    void stacks_are_those_of_gdb(String way, Recording recording) {
        container.lines(CALLS, way);

        assertThat(recording.function("work").list()).singleElement().satisfies(firing -> isAs(TRUTH.get(way), firing));
    }

    @Test
    @ProbeFunction(value = "work", binary = "/opt/t/calls-static", capture = "stack")
    void the_stack_of_a_static_program(Recording recording) {
        container.lines("/opt/t/calls-static", "signal");

        // names of one address are many there
        assertThat(recording.function("work").list()).singleElement().satisfies(firing -> {
            assertThat(firing.stack().stream().map(Seen::of).map(Seen::inPage))
                    .containsExactlyElementsOf(
                            TRUTH.get("static").stream().map(Seen::inPage).toList());
            assertThat(functions(firing))
                    .startsWith("work", "inner", "outer", "handler", Frame.SIGNAL)
                    .contains("raise", "main")
                    .endsWith("_start");
            assertThat(firing.stackCut()).isEmpty();
        });
    }

    @Test
    @ProbeFunction(value = "work", binary = "/opt/t/calls-frames", capture = "stack")
    void the_stack_of_a_program_with_frame_pointers(Recording recording) {
        container.lines("/opt/t/calls-frames", "chain");

        assertThat(recording.function("work").list())
                .singleElement()
                .satisfies(firing -> isAs(TRUTH.get("frames"), firing));
    }

    @Test
    @ProbeFunction(value = "work", binary = "/opt/t/calls-lines5", capture = "stack")
    void lines_are_those_of_gdb(Recording recording) {
        hasLinesOfGdb("/opt/t/calls-lines5", recording);
    }

    @Test
    @ProbeFunction(value = "work", binary = "/opt/t/calls-lines4", capture = "stack")
    void lines_of_dwarf_4_are_those_of_gdb(Recording recording) {
        hasLinesOfGdb("/opt/t/calls-lines4", recording);
    }

    private static void hasLinesOfGdb(String program, Recording recording) {
        container.lines(program, "chain");

        List<String> truth = LINES_TRUTH.get(program);
        assertThat(truth).hasSizeGreaterThan(3);
        assertThat(recording.function("work").list())
                .singleElement()
                .satisfies(firing -> assertThat(firing.stack().stream()
                                .flatMap(frame -> frame.source().stream())
                                .map(source -> source.file().replaceFirst(".*/", "") + ":" + source.line()))
                        .containsExactlyElementsOf(truth));
    }

    @Test
    @ProbeFunction(value = "work(int)", binary = "/opt/t/cart", capture = "stack")
    void names_are_those_of_the_source(Recording recording) {
        container.lines("/opt/t/cart");

        List<Firing> firings = recording.function("work(int)").list();
        assertThat(firings).hasSize(2);
        isAs(TRUTH.get("cart"), firings.get(0));
        assertThat(functions(firings.get(1))).startsWith("work", "shop::Cart::~Cart", "main");
    }

    @Test
    @ProbeFunction(value = "work", capture = "stack")
    void a_stack_that_is_deeper_than_what_is_copied_says_so(Recording recording) {
        container.lines(CALLS, "deep");

        assertThat(recording.function("work").list()).singleElement().satisfies(firing -> {
            assertThat(functions(firing)).startsWith("work", "down", "down");
            assertThat(firing.stackCut())
                    .hasValueSatisfying(why -> assertThat(why).contains("only the first 256 frames"));
        });
    }

    @Test
    @ProbeFunction(value = "work", binary = "/opt/t/half", capture = "stack")
    void a_function_without_a_table_ends_the_stack(Recording recording) {
        container.lines("/opt/t/half", "half");

        assertThat(recording.function("work").list()).singleElement().satisfies(firing -> {
            assertThat(functions(firing)).containsExactly("work", "inner", "outer", "half");
            assertThat(firing.stackCut())
                    .hasValueSatisfying(why -> assertThat(why).contains("/opt/t/half", "has no unwind information"));
        });
    }

    private static void isAs(List<Seen> truth, Firing firing) {
        assertThat(truth).hasSizeGreaterThan(3);
        assertThat(firing.stackCut()).isEmpty();
        assertThat(firing.stack().stream().map(Seen::of)).containsExactlyElementsOf(truth);
        assertThat(firing.stack().get(0).binary()).startsWith("/opt/t/");
    }

    private static List<String> functions(Firing firing) {
        return firing.stack().stream().map(Frame::function).toList();
    }
}
