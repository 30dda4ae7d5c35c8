package io.probeunit.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What a process runs is not always the file that is probed: nothing is said of its calls then that is not known. */
@Testcontainers
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatRunsTest {

    private static final String MOVED = "moved to other memory";
    private static final String TRANSLATED = "executes it in its own way";
    private static final String ANOTHER = "runs another file of the name libshop.so.1";

    @Container
    static final ProgramsContainer programs = new ProgramsContainer("cases", "emulators");

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Asked.class);
        }
        return outcomes;
    }

    @Test
    void what_is_executed_from_its_file_is_counted() {
        outcomes().passed("asItIs", "byTheLoader", "libraryByPath", "readAndRun");
    }

    @Test
    void a_library_is_counted_by_name_where_no_other_has_it() {
        Subjects.run(ByName.class).assertSucceeded(1);
    }

    /** In a container of its own: in the other one other files have the library's name. */
    @Testcontainers
    static class ByName {

        @Container
        @Probed
        static final ProgramsContainer alone = new ProgramsContainer("cases");

        @Test
        @ExpectFunction(value = "reserve", binary = "libshop.so.1", times = 1)
        void libraryByName() {
            try (ServingProgram program = alone.start("/opt/t/opens")) {
                assertThat(program.ask("/usr/local/lib/libshop.so.1"))
                        .last()
                        .asString()
                        .startsWith("did 7");
            }
        }
    }

    @Test
    void code_that_was_moved_is_not_seen() {
        for (String test : List.of("remapped", "anonymous", "memfd", "writable", "shared", "movedLibrary")) {
            outcomes().failure(test).contains("doubts:", MOVED, "Start it without that");
        }
    }

    /** The program takes the breakpoint along. */
    @Test
    void a_program_that_a_probe_may_have_ended_makes_nothing_sure() {
        outcomes()
                .failure("movedInTheWindow")
                .contains("doubts:", "(remap)", "was ended by SIGTRAP while probes were armed", "copies or moves");
    }

    @Test
    void what_is_translated_is_not_seen() {
        for (String test : List.of(
                "emulated",
                "instrumented",
                "emulatedInTheWindow",
                "libraryOfAnEmulatedProgram",
                "emulatedShortly",
                "instrumentedShortly")) {
            outcomes().failure(test).contains("doubts:", TRANSLATED);
        }
    }

    @Test
    void what_only_an_emulator_uses_is_refused() {
        outcomes().failure("foreign").contains("is made for aarch64", "x86_64");
        outcomes().failure("emulatedAlone").contains("is read by another program, /usr/bin/qemu-x86_64-static");
        outcomes().failure("instrumentedAlone").contains("is read by another program", "valgrind");
    }

    @Test
    void another_file_of_the_name_is_not_seen() {
        for (String test : List.of("plugin", "pluginOfAnotherProgram", "renamedLibrary")) {
            outcomes().failure(test).contains("doubts:", ANOTHER, "absolute path");
        }
    }

    /** Nobody is there any more when the window closes. */
    @Test
    void another_file_of_the_name_is_not_seen_though_its_process_has_ended() {
        for (String test :
                List.of("pluginShortly", "renamedShortly", "libraryOfALinkBefore", "libraryOfALinkShortly")) {
            outcomes().failure(test).contains("doubts:", ANOTHER, "absolute path");
        }
    }

    /** Each asks a program that {@code @BeforeEach} has started, and finds that its answer is not what was expected. */
    static class Asked {

        @Probed
        static final ProgramsContainer container = programs;

        private static final Map<String, ServingProgram> before = new HashMap<>();

        private final List<ServingProgram> running = new ArrayList<>();

        /** Before any probe is there, which an emulator would read, and which would be copied with the code. */
        @BeforeAll
        static void beginBefore() {
            before("remapped", "/opt/t/remap", "remap");
            for (String how : List.of("anonymous", "memfd", "writable", "shared")) {
                before(how, "/opt/t/moves", how);
            }
            before("movedLibrary", "/opt/t/moves", "library", "/opt/t/libmoved.so");
            before("emulatedAlone", "qemu-x86_64-static", "/opt/t/emulated");
            before("instrumentedAlone", "valgrind", "-q", "/opt/t/instrumented");
            before("emulated", "qemu-x86_64-static", "/opt/t/both-emulated");
            before("beside", "/opt/t/both-emulated");
            before("instrumented", "valgrind", "-q", "/opt/t/both-instrumented");
            before("beside it", "/opt/t/both-instrumented");
            before("emulatedLibrary", "qemu-x86_64-static", "/opt/t/opens").ask("/opt/t/libemulated.so");
            before("its sibling", "/opt/t/opens").ask("/opt/t/libemulated.so");
        }

        private static ServingProgram before(String test, String... command) {
            ServingProgram program = container.start(command);
            before.put(test, program);
            return program;
        }

        @AfterAll
        static void endAll() {
            before.values().forEach(ServingProgram::close);
            before.clear();
        }

        @BeforeEach
        void start(TestInfo test) {
            String name = test.getTestMethod().orElseThrow().getName();
            switch (name) {
                case "asItIs", "emulatedInTheWindow" -> start("/opt/t/plain");
                case "byTheLoader" -> start("/lib64/ld-linux-x86-64.so.2", "/opt/t/plain");
                case "plugin" -> start("/opt/t/dl");
                case "libraryOfALinkBefore" -> {
                    container.lines("ln", "-sfn", "libshop.so.1.3", "/opt/v/libshop.so.1");
                    start("/opt/t/opens");
                    asked("/opt/v/libshop.so.1", "did 7");
                    container.lines("ln", "-sfn", "libshop.so.1.2", "/opt/v/libshop.so.1");
                }
                default -> start("/opt/t/opens");
            }
        }

        @BeforeAll
        static void links() {
            container.lines("sh", "-ec", """
                    mkdir /opt/v
                    cp /opt/t/plugins/libshop-2.0.so /opt/v/libshop.so.1.2
                    cp /opt/t/plugins/libshop-2.0.so /opt/v/libshop.so.1.3
                    cp /opt/t/plugins/libshop-2.0.so /opt/v/other
                    ln -s libshop.so.1.2 /opt/v/libshop.so.1
                    """);
        }

        @AfterEach
        void end() {
            running.forEach(ServingProgram::close);
        }

        private void start(String... command) {
            running.add(container.start(command));
        }

        private void asked(String request, String answer) {
            assertThat(running.get(0).ask(request)).last().asString().startsWith(answer);
        }

        private void askedBefore(String program) {
            ServingProgram asked = before.get(program);
            assertThat(asked.ask("5")).last().asString().startsWith("did 5");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/plain", times = 5)
        void asItIs() {
            asked("5", "did 5");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/plain", times = 5)
        void byTheLoader() {
            asked("5", "did 5");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/plugins/libshop.so.1", times = 1)
        void libraryByPath() {
            asked("/opt/t/plugins/libshop.so.1", "did 7");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/remap", times = 0)
        void remapped() {
            askedBefore("remapped");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/remap", times = 0)
        void movedInTheWindow() {
            assertThat(container.exec("sh", "-c", "echo 5 | /opt/t/remap remap").getExitCode())
                    .isEqualTo(128 + 5);
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/moves", times = 0)
        void anonymous() {
            askedBefore("anonymous");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/moves", times = 0)
        void memfd() {
            askedBefore("memfd");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/moves", times = 0)
        void writable() {
            askedBefore("writable");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/moves", times = 0)
        void shared() {
            askedBefore("shared");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/libmoved.so", times = 0)
        void movedLibrary() {
            askedBefore("movedLibrary");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/both-emulated", times = 0)
        void emulated() {}

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/both-instrumented", times = 0)
        void instrumented() {}

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/plain", times = 0)
        void emulatedInTheWindow() {
            start("qemu-x86_64-static", "/opt/t/plain");
        }

        @Test
        @ExpectFunction(value = "order_total", binary = "/opt/t/icf", times = 0)
        void emulatedShortly() {
            assertThat(container.lines("qemu-x86_64-static", "/opt/t/icf", "0", "0"))
                    .hasSize(1);
        }

        @Test
        @ExpectFunction(value = "order_total", binary = "/opt/t/icf", times = 0)
        void instrumentedShortly() {
            assertThat(container.lines("valgrind", "-q", "/opt/t/icf", "0", "0"))
                    .hasSize(1);
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/swap-first", times = 4)
        void readAndRun() {
            sh("""
                    cp /opt/t/swap-first /tmp/copy
                    ldd /opt/t/swap-first
                    /lib64/ld-linux-x86-64.so.2 /opt/t/swap-first
                    /opt/t/swap-first
                    """);
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "libshop.so.1", times = 0)
        void pluginShortly() {
            sh("echo /opt/t/plugins/libshop.so.1 | /opt/t/opens");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "libshop.so.1", times = 0)
        void renamedShortly() {
            sh("echo /opt/v/other | /opt/t/opens");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/v/libshop.so.1", times = 0)
        void libraryOfALinkBefore() {
            asked("/opt/v/libshop.so.1", "did 7");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/v/libshop.so.1", times = 0)
        void libraryOfALinkShortly() {
            sh("""
                    ln -sfn libshop.so.1.3 /opt/v/libshop.so.1
                    echo /opt/v/libshop.so.1 | /opt/t/opens
                    ln -sfn libshop.so.1.2 /opt/v/libshop.so.1
                    """);
        }

        private static void sh(String commands) {
            assertThat(container.lines("sh", "-ec", commands)).last().asString().startsWith("did ");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "/opt/t/libemulated.so", times = 0)
        void libraryOfAnEmulatedProgram() {}

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/emulated", times = 0)
        void emulatedAlone() {
            askedBefore("emulatedAlone");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/instrumented", times = 0)
        void instrumentedAlone() {
            askedBefore("instrumentedAlone");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/guest-aarch64", times = 0)
        void foreign() {
            assertThat(container.lines("qemu-aarch64-static", "/opt/t/guest-aarch64"))
                    .contains("did work 5");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "libshop.so.1", times = 0)
        void plugin() {
            asked("7", "did 7");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "libshop.so.1", times = 0)
        void pluginOfAnotherProgram() {
            start("/opt/t/dl");
            assertThat(running.get(1).ask("7")).contains("reserve(7) of plugins");
        }

        @Test
        @ExpectFunction(value = "reserve", binary = "libshop.so.1", times = 0)
        void renamedLibrary() {
            asked("/opt/t/plugins/libshop-2.0.so", "did 7");
        }
    }
}
