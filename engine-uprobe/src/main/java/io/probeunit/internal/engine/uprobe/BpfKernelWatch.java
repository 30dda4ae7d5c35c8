package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.binary.Semaphore;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.Ring;
import io.probeunit.internal.targets.ProcessLook;
import io.probeunit.internal.targets.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Observes with BPF programs, at a tracepoint and at the entries of functions with return probes. Thread-safe. */
public final class BpfKernelWatch implements KernelWatch {

    private static final String END = "sched_process_exit";
    private static final String START = "sched_process_exec";
    private static final int RING_BYTES = 1 << 16;

    private final AttachMode attach;
    private Optional<KernelWatchPrograms> programs = Optional.empty();

    /**
     * Creates one that does nothing yet.
     *
     * @param attach by what kind of uprobe
     */
    public BpfKernelWatch(AttachMode attach) {
        this.attach = attach;
    }

    @Override
    public Running begin(Host host, Target target, List<ProbePoint> points) {
        Kernel kernel = host.calls();
        Bpf bpf = new Bpf(kernel);
        KernelWatchPrograms known = programs(host);
        List<Runnable> opened = new ArrayList<>();
        try {
            RecordRing ring = RecordRing.of(kernel, bpf, RING_BYTES);
            opened.add(0, ring::close);
            List<Sites.Site> entries = Sites.entriesOfReturns(points);
            int counted = entries.isEmpty() ? 0 : points.size();
            CounterMap counters = new CounterMap(kernel, bpf, Math.max(1, counted), 0, 1);
            opened.add(0, counters::close);
            List<Integer> descriptors = new ArrayList<>();
            opened.add(0, () -> Release.probes(kernel, descriptors));
            descriptors.add(bpf.tracepoint(END, known.ends(target.cgroup(), ring)));
            if (points.stream().anyMatch(BpfKernelWatch::startsMatter)) {
                descriptors.add(bpf.tracepoint(START, KernelWatchPrograms.starts(target.cgroup(), counters)));
            }
            if (!entries.isEmpty()) {
                Attacher.ProgramText text = new Attacher.ProgramText(
                        cookie -> known.withoutReturnProbe(target.cgroup(), counters, counted, cookie), false);
                descriptors.addAll(attach.on(host).attach(text, entries));
            }
            MappingEvents mappings = MappingEvents.open(host, new ProcessLook(host, target).folder());
            opened.add(0, mappings::close);
            return new Looking(kernel, ring.ring(), counters, counted, mappings, opened);
        } catch (RuntimeException e) {
            Release.after(e, opened.toArray(Runnable[]::new));
            throw e;
        }
    }

    private static boolean startsMatter(ProbePoint point) {
        return point instanceof ProbePoint.UsdtMark mark
                && mark.mark().sites().stream()
                        .anyMatch(site ->
                                site.semaphore().filter(Semaphore::mappedBefore).isPresent());
    }

    private synchronized KernelWatchPrograms programs(Host host) {
        KernelWatchPrograms known = programs.orElseGet(() -> KernelWatchPrograms.of(TypeInformation.of(host)));
        programs = Optional.of(known);
        return known;
    }

    private static final class Looking implements Running {
        private final Kernel kernel;
        private final Ring ring;
        private final CounterMap counters;
        private final int points;
        private final MappingEvents mappings;
        private final List<Runnable> opened;
        private final List<Ended> ended = new ArrayList<>();
        private boolean closed;

        private Looking(
                Kernel kernel,
                Ring ring,
                CounterMap counters,
                int points,
                MappingEvents mappings,
                List<Runnable> opened) {
            this.kernel = kernel;
            this.ring = ring;
            this.counters = counters;
            this.points = points;
            this.mappings = mappings;
            this.opened = List.copyOf(opened);
        }

        @Override
        public synchronized Events events() {
            if (closed) {
                throw new EngineException("The kernel watch is closed.");
            }
            Map<Long, Ended> now = new LinkedHashMap<>();
            look();
            ring.take((data, at, length) -> take(data, at, now));
            ended.addAll(now.values());
            return new Events(
                    ended,
                    IntStream.range(0, points)
                            .filter(point -> counters.sum(point, CounterMap.PLAIN) > 0)
                            .boxed()
                            .collect(Collectors.toMap(p -> p, p -> counters.sum(p, CounterMap.PLAIN))),
                    counters.sum(0, CounterMap.LOST));
        }

        private void look() {
            Batch batch = new Batch();
            ring.ask(batch);
            counters.glance().ask(batch);
            if (!batch.isEmpty()) {
                Answer answer = call(() -> kernel.call(batch));
                ring.told(answer);
                counters.glance().told(answer);
            }
        }

        @Override
        public synchronized Mappings mapped() {
            return closed ? Mappings.UNKNOWN : call(mappings::drain);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                Release.all(opened.toArray(Runnable[]::new));
            }
        }

        private static <T> T call(Supplier<T> look) {
            try {
                return look.get();
            } catch (KernelException e) {
                throw new EngineException("Ends of processes are not known (PU1045): %s".formatted(e.getMessage()), e);
            }
        }

        /** Each thread of a process tells of its end. */
        private static void take(ByteBuffer data, int at, Map<Long, Ended> now) {
            long pid = data.getLong(at + KernelWatchPrograms.TASK) >>> Integer.SIZE;
            byte[] name = new byte[KernelWatchPrograms.COMMAND_BYTES];
            data.get(at + KernelWatchPrograms.COMMAND, name);
            int signal = (int) data.getLong(at + KernelWatchPrograms.SIGNAL);
            String command = new String(name, StandardCharsets.UTF_8);
            now.putIfAbsent(pid, new Ended(pid, signal, command.substring(0, Math.max(0, command.indexOf('\0')))));
        }
    }
}
