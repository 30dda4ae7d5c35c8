package io.probeunit.engine.uprobe;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.probeunit.engine.EngineException;
import io.probeunit.host.HostFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One perf event a place, for kernels before 6.6; perf_event_open(2). A program that hangs on a uprobe's event runs on
 * every CPU, whichever the event names. Each event takes some tens of milliseconds to close.
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
    private final long number;

    PerfAttacher(Kernel kernel, Bpf bpf, HostFiles files) {
        this.kernel = kernel;
        this.bpf = bpf;
        this.files = files;
        this.number = Processor.here().perfEventOpen();
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
                kernel.ioctl(event, SET_PROGRAM, (long) program);
                kernel.ioctl(event, ENABLE, 0L);
            }
            return open;
        } catch (LastErrorException e) {
            Release.after(e, () -> Release.descriptors(kernel, open));
            throw new EngineException("Could not attach a BPF program to a uprobe's event: " + e.getMessage(), e);
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

    private int event(String path, Bpf.Place place, boolean onReturn) {
        byte[] bytes = (path + "\0").getBytes(StandardCharsets.UTF_8);
        try (Memory file = new Memory(bytes.length);
                Memory attributes = new Memory(ATTRIBUTES)) {
            file.write(0, bytes, 0, bytes.length);
            attributes.clear();
            attributes.setInt(0, Integer.parseInt(files.text(TYPE).strip()));
            attributes.setInt(4, ATTRIBUTES);
            attributes.setLong(8, place.semaphore().orElse(0L) << SEMAPHORE_SHIFT | (onReturn ? ON_RETURN : 0));
            attributes.setPointer(56, file);
            attributes.setLong(64, place.offset());
            return kernel.syscall(number, attributes, EVERY_PROCESS, 0, -1, (long) CLOSE_ON_EXEC);
        } catch (LastErrorException e) {
            throw new EngineException(
                    "Could not open the event of a uprobe at 0x%x of %s: %s"
                            .formatted(place.offset(), path, e.getMessage()),
                    e);
        }
    }
}
