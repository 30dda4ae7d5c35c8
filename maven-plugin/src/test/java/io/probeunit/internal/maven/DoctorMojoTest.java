package io.probeunit.internal.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.cli.Diagnosis;
import io.probeunit.internal.engine.PreflightResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class DoctorMojoTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void fails_the_build_if_nothing_works_and_says_why() {
        DoctorMojo mojo = new DoctorMojo((engine, host) -> new Diagnosis(
                Map.of(), List.of(new PreflightResult.Lack("no daemon", "Run it.")), List.of(), Optional.empty()));
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                lines.add(line.toString());
            }
        });

        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(mojo::execute)
                .withMessageStartingWith("No engine can arm probes here (PU1409).");
        assertThat(lines).contains("- no daemon", "  Run it.");
    }

    @Test
    void a_setting_that_means_nothing_is_told_as_it_is() {
        DoctorMojo mojo = new DoctorMojo((engine, host) -> {
            throw new IllegalArgumentException("allowed: AUTO");
        });

        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(mojo::execute)
                .withMessage("allowed: AUTO");
    }
}
