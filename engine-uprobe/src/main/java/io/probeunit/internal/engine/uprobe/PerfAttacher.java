package io.probeunit.internal.engine.uprobe;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One perf event a place, for kernels before 6.6; perf_event_open(2). A program that is attached to a uprobe's event
 * runs on every CPU, whatever CPU the event names. Each event takes some tens of milliseconds to close.
 */
final class PerfAttacher implements Attacher {

    static final String TYPE = "/sys/bus/event_source/devices/uprobe/type";
    private static final int ATTRIBUTES = 128;
    private static final int ON_RETURN = 1;
    private static final int SEMAPHORE_SHIFT = 32;
    private static final int EVERY_PROCESS = -1;
    private static final int CLOSE_ON_EXEC = 8;
    private static final long SET_PROGRAM = 0x40042408;
    private static final long ENABLE = 0x2400;

    private final Kernel kernel;
    private final Bpf bpf;
    private final HostFiles files;

    PerfAttacher(Kernel kernel, Bpf bpf, HostFiles files) {
        this.kernel = kernel;
        this.bpf = bpf;
        this.files = files;
    }

    @Override
    public List<Integer> attach(ProgramText text, List<Sites.Site> sites) {
        List<Integer> open = new ArrayList<>();
        try {
            for (Sites.Site site : sites) {
                int program = bpf.load(text.write().apply(new CookieSource.Fixed(site.cookie())), Bpf.Kind.PERF);
                open.add(program);
                int event = event(site.path(), site.place(), site.onReturn());
                open.add(event);
                enable(event, program);
            }
            return open;
        } catch (KernelException e) {
            Release.after(e, () -> Release.descriptors(kernel, open));
            throw new EngineException(
                    "Could not attach a BPF program to a uprobe's event (PU1121): " + e.getMessage(), e);
        } catch (RuntimeException e) {
            Release.after(e, () -> Release.descriptors(kernel, open));
            throw e;
        }
    }

    @Override
    public List<Integer> hold(String path, Set<Bpf.Place> places) {
        List<Integer> open = new ArrayList<>();
        try {
            places.forEach(place -> open.add(event(path, place, false)));
            return open;
        } catch (RuntimeException e) {
            Release.after(e, () -> Release.descriptors(kernel, open));
            throw e;
        }
    }

    private void enable(int event, int program) {
        Batch batch = new Batch();
        Batch.Call set = batch.must(SystemCall.IOCTL, value(event), value(SET_PROGRAM), value(program));
        Batch.Call enabled = batch.must(SystemCall.IOCTL, value(event), value(ENABLE), value(0));
        Answer answer = kernel.call(batch);
        answer.get(set);
        answer.get(enabled);
    }

    private int event(String path, Bpf.Place place, boolean onReturn) {
        ByteBuffer fields = ByteBuffer.allocate(ATTRIBUTES).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(0, Integer.parseInt(files.text(TYPE).strip()))
                .putInt(4, ATTRIBUTES)
                .putLong(8, place.semaphore().orElse(0L) << SEMAPHORE_SHIFT | (onReturn ? ON_RETURN : 0))
                .putLong(64, place.offset());
        Batch batch = new Batch();
        Batch.Place attributes = batch.bytes(fields.array());
        batch.pointer(attributes.plus(56), batch.text(path));
        Batch.Call opened = batch.call(
                SystemCall.PERF_EVENT_OPEN,
                attributes,
                value(EVERY_PROCESS),
                value(0),
                value(-1),
                value(CLOSE_ON_EXEC));
        try {
            return (int) kernel.call(batch).get(opened);
        } catch (KernelException e) {
            throw new EngineException(
                    "Could not open the event of a uprobe at 0x%x of %s (PU1122): %s"
                            .formatted(place.offset(), path, e.getMessage()),
                    e);
        }
    }
}
