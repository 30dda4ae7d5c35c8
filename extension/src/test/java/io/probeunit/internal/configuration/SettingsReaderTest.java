package io.probeunit.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Engine;
import io.probeunit.annotations.ProbeSettings.Host;
import io.probeunit.annotations.ProbeSettings.Unavailable;
import io.probeunit.annotations.ProbeSettings.Window;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineKeys;
import io.probeunit.internal.engine.perf.PerfSettings;
import io.probeunit.internal.engine.stap.StapKeys;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.engine.uprobe.UprobeKeys;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.host.container.ContainerSettings;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.junit.declared.AnnotationScan;
import io.probeunit.internal.junit.declared.TestPlace;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.settings.SettingValues;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @Test
    void defaults() {
        Settings settings = read(Plain.class);

        assertThat(settings)
                .isEqualTo(new Settings(
                        EngineChoice.AUTO,
                        Host.AUTO,
                        Window.TEST,
                        Unavailable.FAIL,
                        1000,
                        false,
                        ReportFiles.FAILED,
                        Attachments.AUTO,
                        new ToolSettings(
                                SettingValues.defaults(KnownEngines.ALL.settings()),
                                SidecarSettings.defaults(),
                                ContainerSettings.defaults())));
    }

    @Test
    void the_reader_asks_for_every_setting_of_the_table_and_for_no_other() {
        List<String> asked = new ArrayList<>();
        SettingsReader reader = new SettingsReader(key -> {
            asked.add(key);
            return Optional.empty();
        });

        reader.read(List.of());
        reader.snapshots();
        reader.coverageFolder();
        reader.progress();

        assertThat(asked.stream().distinct()).containsExactlyInAnyOrderElementsOf(KnownSettings.TABLE.keys());
    }

    @Test
    void a_parameter_of_junit_comes_before_a_system_property() {
        properties.put("probeunit.engine", "perf");
        properties.put("probeunit.host", "sidecar");
        parameters.put("probeunit.engine", "uprobe");

        assertThat(read(Plain.class).engine()).isEqualTo(EngineChoice.of("UPROBE"));
        assertThat(read(Plain.class).host()).isEqualTo(Host.SIDECAR);
    }

    @Test
    void an_empty_parameter_is_not_given() {
        properties.put("probeunit.engine", "perf");
        parameters.put("probeunit.engine", " ");

        assertThat(read(Plain.class).engine()).isEqualTo(EngineChoice.of("PERF"));
    }

    @Test
    void the_nearest_annotation_decides_each_attribute_by_itself() {
        parameters.put("probeunit.engine", "stap");
        parameters.put("probeunit.window", "lifecycle");

        Settings settings = read(Nearest.class);

        assertThat(settings.engine()).isEqualTo(EngineChoice.of("PERF"));
        assertThat(settings.host()).isEqualTo(Host.SIDECAR);
        assertThat(settings.unavailable()).isEqualTo(Unavailable.SKIP);
        assertThat(settings.window()).isEqualTo(Window.LIFECYCLE);
    }

    @Test
    void settings_around_are_the_farthest() {
        assertThat(reader().read(AnnotationScan.settings(
                                new TestPlace(List.of(Around.class), Plain.class, method(Plain.class))))
                        .engine())
                .isEqualTo(EngineChoice.of("UPROBE"));
        assertThat(reader().read(AnnotationScan.settings(
                                new TestPlace(List.of(Around.class), Nearest.class, method(Nearest.class))))
                        .engine())
                .isEqualTo(EngineChoice.of("PERF"));
    }

    @Test
    void what_stands_on_an_element_itself_is_nearer_than_what_stands_on_an_annotation_there() {
        assertThat(read(Both.class).engine()).isEqualTo(EngineChoice.of("UPROBE"));
    }

    static class Plain {
        void test() {}
    }

    @ProbeSettings(engine = Engine.UPROBE)
    static class Around {}

    @ProbeSettings(engine = Engine.STAP, host = Host.SIDECAR)
    interface Far {}

    @ProbeSettings(engine = Engine.UPROBE, unavailable = Unavailable.SKIP)
    static class Nearest implements Far {
        @ProbeSettings(engine = Engine.PERF)
        void test() {}
    }

    @ProbeSettings(engine = Engine.STAP)
    @Retention(RetentionPolicy.RUNTIME)
    @interface OnStap {}

    static class Both {
        @OnStap
        @ProbeSettings(engine = Engine.UPROBE)
        void test() {}
    }

    @Test
    void a_forced_fail_overrides_everything() {
        properties.put("probeunit.unavailable.force", "FAIL");

        assertThat(read(Nearest.class).unavailable()).isEqualTo(Unavailable.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "probeunit.engine, gdb, 'AUTO, STAP, UPROBE, PERF'",
        "probeunit.engine, inherit, 'AUTO, STAP, UPROBE, PERF'",
        "probeunit.host, moon, 'AUTO, LOCAL, SIDECAR, CONTAINER'",
        "probeunit.window, wide, 'TEST, LIFECYCLE'",
        "probeunit.unavailable, ignore, 'FAIL, SKIP'",
        "probeunit.unavailable.force, SKIP, FAIL",
        "probeunit.report, loud, 'none, print'",
        "probeunit.report.files, some, 'ALL, FAILED, NONE'",
        "probeunit.details, many, '0 to 1000000'",
        "probeunit.details, 9999999, '0 to 1000000'",
        "probeunit.arm.timeout, 0s, above 0",
        "probeunit.arm.timeout, soon, above 0",
        "probeunit.stap.environment, LD_PRELOAD, NAME=VALUE",
        "probeunit.stap.environment, A B=1, NAME=VALUE"
    })
    void a_value_that_means_nothing_is_an_error_that_lists_what_is_allowed(String key, String value, String allowed) {
        parameters.put(key, value);

        assertThatThrownBy(() -> read(Plain.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @Test
    void the_others() {
        parameters.put("probeunit.details", "7");
        parameters.put("probeunit.report", "Print");
        parameters.put("probeunit.arm.timeout", "2m");
        parameters.put("probeunit.stap.command", "/opt/stap");
        parameters.put("probeunit.perf.command", "/opt/perf");
        parameters.put("probeunit.stap.environment", "A=1, B=x=y ,C=");
        parameters.put("probeunit.sidecar.image", "ours:1");
        parameters.put("probeunit.sidecar.files", "/proc/self , /proc/version");
        parameters.put("probeunit.sidecar.stap.command", "/usr/local/bin/stap");
        parameters.put("probeunit.sidecar.stap.environment", "D=4");
        parameters.put("probeunit.container.files", "/proc/version");
        parameters.put("probeunit.container.stap.command", "/usr/bin/stap");
        parameters.put("probeunit.container.stap.environment", "E=5");
        parameters.put("probeunit.sidecar.perf.command", "perf_6.1");
        parameters.put("probeunit.uprobe.attach", "link");

        Settings settings = read(Plain.class);

        assertThat(settings.details()).isEqualTo(7);
        assertThat(settings.printsReport()).isTrue();
        SettingValues engines = settings.tools().engines();
        assertThat(engines.time(EngineKeys.ARM_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(engines.text(StapKeys.LOCAL.command())).isEqualTo("/opt/stap");
        assertThat(engines.variables(StapKeys.LOCAL.environment())).isEqualTo(Map.of("A", "1", "B", "x=y", "C", ""));
        assertThat(engines.text(StapKeys.SIDECAR.command())).isEqualTo("/usr/local/bin/stap");
        assertThat(engines.variables(StapKeys.SIDECAR.environment())).isEqualTo(Map.of("D", "4"));
        assertThat(engines.text(StapKeys.CONTAINER.command())).isEqualTo("/usr/bin/stap");
        assertThat(engines.variables(StapKeys.CONTAINER.environment())).isEqualTo(Map.of("E", "5"));
        assertThat(engines.constant(UprobeKeys.ATTACH, AttachMode.class)).isEqualTo(AttachMode.LINK);
        assertThat(PerfSettings.of(HostKind.LOCAL, engines))
                .isEqualTo(new PerfSettings("probeunit.perf", "/opt/perf", Duration.ofMinutes(2)));
        assertThat(PerfSettings.of(HostKind.SIDECAR, engines))
                .isEqualTo(new PerfSettings("probeunit.sidecar.perf", "perf_6.1", Duration.ofMinutes(2)));
        assertThat(settings.tools().sidecar())
                .isEqualTo(new SidecarSettings(
                        Optional.of("ours:1"), false, List.of(Path.of("/proc/self"), Path.of("/proc/version"))));
        assertThat(settings.tools().container()).isEqualTo(new ContainerSettings(List.of(Path.of("/proc/version"))));
    }

    @ParameterizedTest
    @CsvSource({"auto, false", "uprobe, false", "stap, true", "perf, true"})
    void the_sidecar_has_tools_only_for_an_engine_that_needs_them(String engine, boolean tools) {
        parameters.put("probeunit.engine", engine);

        assertThat(read(Plain.class).tools().sidecar().tools()).isEqualTo(tools);
    }

    @Test
    void a_file_to_copy_that_is_not_there() {
        parameters.put("probeunit.sidecar.files", "/proc/self,/no/such");

        assertThatThrownBy(() -> read(Plain.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("probeunit.sidecar.files")
                .hasMessageContaining("/no/such");
    }

    private Settings read(Class<?> testClass) {
        return reader().read(AnnotationScan.settings(new TestPlace(List.of(), testClass, method(testClass))));
    }

    private SettingsReader reader() {
        return new SettingsReader(Configuration.of(
                key -> Optional.ofNullable(parameters.get(key)), key -> Optional.ofNullable(properties.get(key))));
    }

    private static java.lang.reflect.Method method(Class<?> testClass) {
        try {
            return testClass.getDeclaredMethod("test");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
