package io.probeunit.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.configuration.KnownEngines;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.hosts.Containers;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.Points;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private static final PreflightResult PASSED = new PreflightResult.Passed("version 1");
    private static final PreflightResult FAILED =
            new PreflightResult.Failed(List.of(new PreflightResult.Lack("no compiler", "Install one.")));
    private static final Runnable VISIBLE = () -> {};

    private final FakeDaemon daemon = new FakeDaemon();
    private final Doctor doctor = new Doctor(daemon, KnownEngines.ALL);

    @Test
    void says_what_works_what_does_not_and_what_auto_takes() {
        daemon.container("1".repeat(64), "shop");

        Diagnosis diagnosis = doctor.examine(
                List.of(
                        host("local", VISIBLE, engine("stap", FAILED), engine("uprobe", PASSED)),
                        host("sidecar", VISIBLE, engine("uprobe", PASSED))),
                EngineChoice.AUTO,
                true);

        assertThat(diagnosis.works()).isTrue();
        assertThat(String.join("\n", DiagnosisText.lines(diagnosis)))
                .contains("Docker             29.4 (API 1.52)")
                .contains("""
                        Host LOCAL
                          STAP    cannot work
                                  - no compiler
                                    Install one.
                          UPROBE  works: version 1
                          PERF    was not tried""")
                .contains("""
                        Host SIDECAR
                          UPROBE  works: version 1
                          STAP    was not tried""")
                .contains("Host CONTAINER")
                .endsWith("AUTO takes UPROBE on host LOCAL.");
    }

    @Test
    void a_host_that_sees_no_container_is_none_that_works() {
        daemon.container("1".repeat(64), "shop");

        Diagnosis diagnosis = doctor.examine(
                List.of(
                        host("local", DoctorTest::outOfReach, engine("uprobe", PASSED)),
                        host("sidecar", VISIBLE, engine("uprobe", PASSED))),
                EngineChoice.AUTO,
                true);

        assertThat(diagnosis.auto()).hasValue(new Diagnosis.Taken("UPROBE", "SIDECAR"));
        assertThat(DiagnosisText.lines(diagnosis)).contains("  - it is on another machine");
    }

    @Test
    void without_a_running_container_it_says_that_this_was_not_tried() {
        Diagnosis diagnosis = doctor.examine(
                List.of(host("local", DoctorTest::outOfReach, engine("uprobe", PASSED))), EngineChoice.AUTO, false);

        assertThat(diagnosis.works()).isTrue();
        assertThat(DiagnosisText.lines(diagnosis))
                .contains("  No container runs, so whether containers are visible from here was not tried.")
                .endsWith("It works.");
    }

    @Test
    void nothing_works_without_a_daemon() {
        daemon.answers = false;

        Diagnosis diagnosis =
                doctor.examine(List.of(host("local", VISIBLE, engine("uprobe", PASSED))), EngineChoice.AUTO, true);

        assertThat(diagnosis.works()).isFalse();
        assertThat(DiagnosisText.lines(diagnosis))
                .contains("- No Docker daemon can be reached.")
                .endsWith("No engine works on these hosts.");
    }

    @Test
    void nothing_works_if_all_engines_lack_something() {
        Diagnosis diagnosis =
                doctor.examine(List.of(host("local", VISIBLE, engine("stap", FAILED))), EngineChoice.of("STAP"), true);

        assertThat(diagnosis.works()).isFalse();
        assertThat(diagnosis.auto()).isEmpty();
    }

    private static void outOfReach() {
        throw new ContainerOutOfReachException("it is on another machine");
    }

    private static ProbingHosts host(String name, Runnable look, Engine... engines) {
        Containers containers = proxy(Containers.class, () -> {
            look.run();
            return Optional.empty();
        });
        HostEngines with = new HostEngines(
                new FakeHost(),
                List.of(engines),
                unused(SemaphoreKeeper.class),
                unused(KernelWatch.class),
                containers,
                unused(Points.class));
        return new ProbingHosts() {
            @Override
            public String hostName() {
                return name;
            }

            @Override
            public boolean hasEngine(EngineChoice choice) {
                return with.hasEngine(choice);
            }

            @Override
            public List<String> engineNames() {
                return with.engineNames();
            }

            @Override
            public boolean isContainer(Object value) {
                return true;
            }

            @Override
            public Optional<HostEngines> common() {
                return Optional.of(with);
            }

            @Override
            public HostEngines at(String target, Object container) {
                return with;
            }
        };
    }

    private static <T> T unused(Class<T> type) {
        return proxy(type, () -> {
            throw new AssertionError("not for a preflight");
        });
    }

    private static <T> T proxy(Class<T> type, Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object value = answer.get();
            return Stream.of(value)
                    .filter(method.getReturnType()::isInstance)
                    .findFirst()
                    .orElse(null);
        }));
    }

    private static Engine engine(String name, PreflightResult result) {
        return new Engine() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public PreflightResult preflight() {
                return result;
            }

            @Override
            public Optional<String> refusal(ProbePoint point) {
                return Optional.empty();
            }

            @Override
            public Session open(SessionRequest request, FiringSink sink) {
                throw new AssertionError("nothing is armed");
            }
        };
    }
}
