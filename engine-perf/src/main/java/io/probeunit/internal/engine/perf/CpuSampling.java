package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Host;
import java.time.Duration;
import java.util.List;

/** A sampling that runs. Thread-safe. */
public final class CpuSampling implements AutoCloseable {

    private static final Duration ORDERLY = Duration.ofSeconds(30);

    private final Monitor monitor = new Monitor();
    private final ProfileBuilder profile = new ProfileBuilder();
    private final RecordingTool tool;
    private boolean lost;

    private CpuSampling(Host host, List<String> words) {
        this.tool = new RecordingTool(host, words, monitor, new Collector());
    }

    static CpuSampling start(Host host, List<String> words, Duration timeout) {
        CpuSampling sampling = new CpuSampling(host, words);
        if (!sampling.tool.awaitReady(timeout)) {
            String story = sampling.tool.process().story();
            sampling.close();
            throw new EngineException("perf did not begin to sample the CPUs within %d s (PU1011): %s."
                    .formatted(timeout.toSeconds(), story));
        }
        return sampling;
    }

    /**
     * What was sampled: each sample that was taken before this call, and maybe some more. To be called once.
     *
     * @return how often each place was found
     * @throws EngineException if perf has ended
     */
    public CpuProfile read() {
        tool.drain();
        return monitor.get(() -> profile.finish(lost));
    }

    /** Ends it, and waits until perf has ended. Does nothing the second time. */
    @Override
    public void close() {
        tool.process().stop();
        Deadline deadline = Deadline.after(ORDERLY);
        Interrupts.defer(() -> tool.process().awaitEnded(deadline.left()));
    }

    private final class Collector implements PerfRecords.Listener {
        @Override
        public void sample(long source, long config, Sample sample) {
            task(new TaskEvent.Ran(sample.nanos(), sample.pid(), sample.ip()));
        }

        @Override
        public void task(TaskEvent event) {
            monitor.change(() -> profile.add(event));
        }

        @Override
        public void round(long bytes) {
            monitor.change(profile::round);
        }

        @Override
        public void lost() {
            monitor.change(() -> lost = true);
        }
    }
}
