package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.kernel.FakeKernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappingEventsTest {

    private static final int SIZE = 1 << 18;
    private static final int EXECUTE = 4;
    private static final int INVALID = 22;
    private static final int NO_DEVICE = 19;

    private final FakeKernel kernel = new FakeKernel();
    private final FakeHost host = new FakeHost().calls(kernel);

    @BeforeEach
    void one_cpu_runs() {
        online("0");
    }

    @Test
    void files_are_told_with_what_the_process_was_begun_with() {
        try (MappingEvents events = open(1)) {
            FakeKernel.Records ring = (FakeKernel.Records) kernel.mapped.get(0);
            ring.put(command(77, 1));
            ring.put(mapped(77, 2, "[stack]", 0));
            ring.put(mapped(77, 3, "/usr/bin/shop", 42));
            ring.put(mapped(77, 4, "//anon", 0));
            ring.put(mapped(77, 5, "/opt/libshop.so.1 (deleted)", 46));

            assertThat(events.drain().parts())
                    .containsExactly(
                            new KernelWatch.Mapped(
                                    77,
                                    true,
                                    0x400000,
                                    "/usr/bin/shop",
                                    false,
                                    FileIdentity.device(8, 1),
                                    42,
                                    4,
                                    0,
                                    99),
                            new KernelWatch.Mapped(
                                    77,
                                    false,
                                    0x400000,
                                    "/opt/libshop.so.1",
                                    true,
                                    FileIdentity.device(8, 1),
                                    46,
                                    4,
                                    0,
                                    99));
            assertThat(events.drain()).isEqualTo(KernelWatch.Mappings.NONE);
        }
        assertThat(kernel.open).isEmpty();
        assertThat(kernel.mapped).isEmpty();
    }

    @Test
    void what_several_cpus_tell_is_in_the_order_in_which_it_happened() {
        // the folder, and a CPU that is not plugged in
        kernel.errors.addAll(List.of(0, 0, NO_DEVICE, 0));
        online("0,2");
        try (MappingEvents events = open(3)) {
            assertThat(kernel.mapped).hasSize(2);
            long time = 9;
            for (Object mapped : kernel.mapped) {
                FakeKernel.Records ring = (FakeKernel.Records) mapped;
                ring.put(mapped(time, time, "/usr/bin/shop", 42));
                time--;
            }
            assertThat(events.drain().parts())
                    .extracting(KernelWatch.Mapped::pid)
                    .containsExactly(8L, 9L);
        }
    }

    @Test
    void what_may_have_been_dropped_is_told() {
        try (MappingEvents events = open(1)) {
            FakeKernel.Records ring = (FakeKernel.Records) kernel.mapped.get(0);
            byte[] record = mapped(77, 1, "/usr/bin/shop", 42);
            for (int i = 0; i < SIZE / record.length; i++) {
                ring.put(record);
            }

            assertThat(events.drain().complete()).isFalse();
            assertThat(events.drain().complete()).isTrue();
        }
    }

    @Test
    void it_is_quiet_where_nothing_is_mapped_but_memory_for_data() {
        try (MappingEvents events = open(1)) {
            FakeKernel.Records ring = (FakeKernel.Records) kernel.mapped.get(0);
            for (byte[] loud : List.of(
                    mapped(77, 1, "//anon", 0, EXECUTE), mapped(77, 2, "/usr/share/data", 42, 0), command(77, 3))) {
                ring.put(loud);
                ring.put(mapped(77, 9, "//anon", 0, 0));
                assertThat(events.drain().quiet()).isFalse();
                ring.put(mapped(77, 9, "//anon", 0, 0));
                assertThat(events.drain()).isEqualTo(KernelWatch.Mappings.NONE);
            }
        }
    }

    @Test
    void it_is_not_quiet_for_certain_where_a_cpu_has_no_ring() {
        try (MappingEvents events = open(1)) {
            online("0-1");
            assertThat(events.drain().quiet()).isFalse();
        }
    }

    @Test
    void the_rings_of_many_cpus_do_not_need_more_memory_than_a_batch_has() {
        online("0-255");
        kernel.elsewhere = true;
        try (MappingEvents events = open(256)) {
            assertThat(events.drain()).isEqualTo(KernelWatch.Mappings.NONE);
            assertThat(kernel.largest).isBetween(SIZE, 16 << 20);
        }
    }

    @Test
    void a_kernel_that_refuses_tells_nothing() {
        kernel.errors.addAll(List.of(0, INVALID));
        try (MappingEvents events = open(1)) {
            assertThat(events.drain()).isEqualTo(KernelWatch.Mappings.UNKNOWN);
            assertThat(kernel.open).isEmpty();
        }
    }

    private void online(String cpus) {
        host.files().file("/sys/devices/system/cpu/online", cpus + "\n");
    }

    private MappingEvents open(int possible) {
        host.files().file("/sys/devices/system/cpu/possible", "0-" + (possible - 1) + "\n");
        return MappingEvents.open(host, "/sys/fs/cgroup/x");
    }

    /** {@code PERF_RECORD_COMM}, of an exec(2). */
    private static byte[] command(int pid, long time) {
        return record(40, 3, 1 << 13).putInt(8, pid).putLong(32, time).array();
    }

    /** {@code PERF_RECORD_MMAP2}. */
    private static byte[] mapped(long pid, long time, String path, long inode) {
        return mapped(pid, time, path, inode, EXECUTE);
    }

    private static byte[] mapped(long pid, long time, String path, long inode, int protection) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int size = 72 + (name.length / 8 + 1) * 8 + 8;
        ByteBuffer record = record(size, 10, 0)
                .putInt(8, (int) pid)
                .putLong(16, 0x400000)
                .putLong(24, 99)
                .putInt(40, 8)
                .putInt(44, 1)
                .putLong(48, inode)
                .putInt(64, protection)
                .putLong(size - 8, time);
        return record.put(72, name).array();
    }

    private static ByteBuffer record(int size, int type, int misc) {
        return ByteBuffer.allocate(size)
                .order(ByteOrder.nativeOrder())
                .putInt(0, type)
                .putShort(4, (short) misc)
                .putShort(6, (short) size);
    }
}
