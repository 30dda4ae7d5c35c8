package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples which code a container's tasks run, by the clock of each CPU, with perf. Arms no probe. Thread-safe.
 *
 * <p>Samples are taken while a task runs in user space; the time that it spends in the kernel, or waits, is not seen.
 */
public final class CpuSampler {

    /** Samples a second and CPU: no divisor of what programs do regularly. */
    public static final int FREQUENCY = 997;

    private static final String USER_TIME = "cpu-clock:u";

    private final PerfSettings settings;

    /**
     * Creates a sampler; nothing is started yet.
     *
     * @param settings how perf is called
     */
    public CpuSampler(PerfSettings settings) {
        this.settings = settings;
    }

    /**
     * Finds out whether samples can be taken on a host, by trying.
     *
     * @param host where perf would run
     * @return passed, or all that is missing
     */
    public PreflightResult preflight(Host host) {
        return new PerfPreflight(host, settings).checkSampling(words());
    }

    /**
     * Begins to sample. When this returns, each CPU takes samples while it runs tasks of the target.
     *
     * @param host where perf runs
     * @param target whose tasks are sampled
     * @return runs until it is closed
     * @throws EngineException if it could not be started
     */
    public CpuSampling start(Host host, Target target) {
        return CpuSampling.start(host, CountingTool.in(PerfCgroup.of(host, target), words()), settings.armTimeout());
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(RecordingTool.common(settings.command()));
        // so that each record begins or ends with the number of its event, in whatever order the fields are
        words.addAll(List.of("--sample-identifier", "-F", String.valueOf(FREQUENCY), "-e", USER_TIME));
        return words;
    }
}
