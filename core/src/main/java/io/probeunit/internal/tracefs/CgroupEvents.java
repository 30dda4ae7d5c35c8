package io.probeunit.internal.tracefs;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.host.Cpus;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Errno;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Perf events that see the tasks of one cgroup, those of the groups below included; perf_event_open(2),
 * {@code PERF_FLAG_PID_CGROUP}. Such an event belongs to one CPU, so there is one for each.
 */
public final class CgroupEvents {

    private static final int ATTRIBUTES = 128;
    private static final int TRACEPOINT = 2;
    private static final int HERE = -100;
    private static final int CLOSE_ON_EXEC_OF_A_FILE = 02000000;
    private static final long CLOSE_ON_EXEC_AND_CGROUP = 8 | 4;

    private CgroupEvents() {}

    /**
     * The attributes of a perf event that counts the firings of a uprobe event.
     *
     * @param id of the uprobe event, see {@link Tracefs#id}
     * @return {@code struct perf_event_attr}
     */
    public static ByteBuffer firingsOf(long id) {
        return attributes(TRACEPOINT, id);
    }

    /**
     * The attributes of a perf event, for more fields to be put in.
     *
     * @param type {@code type}
     * @param config {@code config}
     * @return {@code struct perf_event_attr}, little-endian, with its size and these two fields
     */
    public static ByteBuffer attributes(int type, long config) {
        return ByteBuffer.allocate(ATTRIBUTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, type)
                .putInt(4, ATTRIBUTES)
                .putLong(8, config);
    }

    /**
     * Opens an event on each CPU that runs. A CPU that is plugged in later has none: compare {@link Cpus#running} with the
     * number of events.
     *
     * @param host whose kernel is asked
     * @param folder of the cgroup, as this host sees it
     * @param attributes {@code struct perf_event_attr}
     * @return the descriptors; whoever has them closes them
     * @throws KernelException if the kernel refuses one, as it does if the controller {@code perf_event} is in a hierarchy
     *     of cgroup v1; nothing is left open
     */
    public static List<Integer> open(Host host, String folder, ByteBuffer attributes) {
        Kernel kernel = host.calls();
        Batch batch = new Batch();
        Batch.Call group = batch.call(
                SystemCall.OPENAT, value(HERE), batch.text(folder), value(CLOSE_ON_EXEC_OF_A_FILE), value(0));
        Batch.Place fields = batch.bytes(attributes.array());
        List<Batch.Call> calls = IntStream.range(0, Cpus.possible(host.files()))
                .mapToObj(cpu -> batch.call(
                        SystemCall.PERF_EVENT_OPEN,
                        fields,
                        group,
                        value(cpu),
                        value(-1),
                        value(CLOSE_ON_EXEC_AND_CGROUP)))
                .toList();
        batch.call(SystemCall.CLOSE, group);
        Answer answer = kernel.call(batch);
        answer.get(group);
        List<Integer> opened = calls.stream()
                .map(answer::result)
                .filter(event -> event >= 0)
                .map(Long::intValue)
                .toList();
        try {
            // a CPU that does not run has none
            calls.stream()
                    .filter(event -> !Errno.ENODEV.is(answer.result(event)))
                    .forEach(answer::get);
            return opened;
        } catch (KernelException refused) {
            close(kernel, opened);
            throw refused;
        }
    }

    private static void close(Kernel kernel, List<Integer> descriptors) {
        Batch batch = new Batch();
        descriptors.forEach(descriptor -> batch.call(SystemCall.CLOSE, value(descriptor)));
        kernel.call(batch);
    }
}
