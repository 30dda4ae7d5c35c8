package io.probeunit.internal.cli;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.configuration.KnownEngines;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.docker.DockerDaemon;
import io.probeunit.internal.run.RunScope;

/** The examination of this machine and its Docker daemon. */
public final class ThisMachine {

    private ThisMachine() {}

    /**
     * Tries the preflights. For host {@code SIDECAR}, that starts our privileged container, and removes it.
     *
     * @param engine as the setting {@code probeunit.engine} has it; empty for the setting itself
     * @param host as the setting {@code probeunit.host} has it; empty for the setting itself
     * @return what works
     * @throws RuntimeException if a setting has a value that means nothing; the message says which there are
     */
    public static Diagnosis examine(String engine, String host) {
        return examine(new ProbingOptions(engine, host).settings());
    }

    static Diagnosis examine(Settings settings) {
        try (RunScope run = RunScope.real()) {
            return new Doctor(new DockerDaemon(), KnownEngines.ALL)
                    .examine(
                            run.registry().probing(settings).hosts(),
                            settings.engine(),
                            settings.host() == ProbeSettings.Host.AUTO);
        }
    }
}
