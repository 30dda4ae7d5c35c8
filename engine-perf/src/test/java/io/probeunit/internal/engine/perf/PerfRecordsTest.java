package io.probeunit.internal.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.CopiedStack;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.unwind.Registers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PerfRecordsTest {

    private static final long EVENT = 2330;
    private static final long ON_CPU_0 = 71;
    private static final long ON_CPU_1 = 72;

    /** IDENTIFIER, IP, TID, TIME, READ, CPU, PERIOD, RAW: what perf 6.1 writes. */
    private static final long SAMPLE_TYPE = 0x10597;

    /** GROUP, ID, LOST. */
    private static final long READ_FORMAT = 0x1c;

    private final ByteBuffer stream = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
    private final List<String> heard = new ArrayList<>();

    @Test
    void samples_and_acknowledgements_come_in_their_order() throws IOException {
        header();
        attributes(SAMPLE_TYPE, 0, ON_CPU_0, ON_CPU_1);
        tracingData(13);
        sample(ON_CPU_0, 1);
        acknowledged();
        acknowledged();
        sample(ON_CPU_1, 7);
        record(2, new byte[32]);
        record(68, new byte[0]);

        read();

        assertThat(heard)
                .containsExactly(
                        "71 of 2330: 1 at 1000, 4711/4712",
                        "ack",
                        "ack",
                        "72 of 2330: 7 at 1000, 4711/4712",
                        "lost",
                        "round " + (2 * 104 + 40));
    }

    /** The registers of x86-64 that perf copies: all but those of segments of data. */
    @Test
    void a_sample_carries_registers_and_the_stack() throws IOException {
        long registers = 0xff0fff;
        List<CopiedStack> copied = new ArrayList<>();
        header();
        attributes(SAMPLE_TYPE | 3 << 12 | 1 << 15, registers, ON_CPU_0);
        ByteBuffer body = ByteBuffer.allocate(96 + 8 + 20 * 8 + 8 + 32 + 8 + 8).order(ByteOrder.nativeOrder());
        firing(body, ON_CPU_0, 1);
        body.putLong(2);
        for (int number = 0; number < 24; number++) {
            if ((registers >> number & 1) != 0) {
                body.putLong(100 + number);
            }
        }
        body.putLong(32)
                .putLong(1)
                .putLong(2)
                .putLong(3)
                .putLong(-1)
                .putLong(24)
                .putLong(0);
        record(9, body.array());

        new PerfRecords(
                        new ByteArrayInputStream(stream.array(), 0, stream.position()),
                        (source, config, sample) -> copied.add(sample.user()
                                .flatMap(stack -> stack.copy(SampledRegisters.X86))
                                .orElseThrow()))
                .read();

        assertThat(copied).singleElement().satisfies(copy -> {
            // rsp and rip, then r8
            assertThat(copy.memory().from()).isEqualTo(107);
            assertThat(ByteBuffer.wrap(copy.memory().bytes())
                            .order(ByteOrder.nativeOrder())
                            .asLongBuffer())
                    .isEqualTo(LongBuffer.wrap(new long[] {1, 2, 3}));
            assertThat(copy.registers())
                    .usingRecursiveComparison()
                    .isEqualTo(Registers.of(
                            100, 103, 102, 101, 104, 105, 106, 107, 116, 117, 118, 119, 120, 121, 122, 123, 108));
        });
    }

    @Test
    void a_sample_of_a_task_without_registers_has_no_stack() {
        ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());

        assertThat(new UserStack(body, 0, 0xff0fff).copy(SampledRegisters.X86)).isEmpty();
        body.putLong(0, 2);
        assertThat(new UserStack(body, 0, 0).copy(SampledRegisters.X86)).isEmpty();
    }

    /** However the stream is cut into pieces, by a pipe or by death. */
    @Test
    void a_stream_that_ends_anywhere_is_read_as_far_as_it_goes() throws IOException {
        header();
        attributes(SAMPLE_TYPE, 0, ON_CPU_0);
        int whole = stream.position();
        sample(ON_CPU_0, 1);
        byte[] bytes = Arrays.copyOf(stream.array(), stream.position());
        for (int length = whole; length < bytes.length; length++) {
            heard.clear();
            new PerfRecords(new ByteArrayInputStream(bytes, 0, length), listener()).read();
            assertThat(heard).as("of %d bytes", length).isEmpty();
        }
    }

    /** The build-id is where the inode would be, and no file would be found by it. */
    @Test
    void a_mapping_with_a_build_id_is_refused() {
        header();
        attributes(SAMPLE_TYPE, 0, ON_CPU_0);
        record(10, 1 << 14 | 2, new byte[96]);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("--buildid-mmap");
    }

    @Test
    void what_is_not_understood_is_an_error() {
        stream.put("perf: no such option".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(this::read).hasMessageContaining("perf: no").hasMessageContaining("PERFILE2");

        stream.clear();
        header();
        attributes(SAMPLE_TYPE | 1 << 20, 0, ON_CPU_0);
        assertThatThrownBy(this::read).hasMessageContaining("not known").hasMessageContaining("0x110597");

        stream.clear();
        header();
        sample(ON_CPU_0, 1);
        assertThatThrownBy(this::read).hasMessageContaining("not announced");
    }

    @Test
    void a_firing_is_what_the_kernels_format_says() throws IOException {
        UprobeEvent event = new UprobeEvent(
                0,
                3,
                false,
                "/x",
                List.of(1L),
                List.of(
                        new SlotReading.Number("%di", 8, 0, 4, true),
                        new SlotReading.Constant(9),
                        new SlotReading.Text("+0(%si)"),
                        new SlotReading.Text("+0(%dx)"),
                        new SlotReading.Text("+0(%cx)")));
        RecordFormat format = RecordFormat.parse("""
                name: p0
                ID: 2330
                format:
                \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;

                \tfield:unsigned long __probe_ip;\toffset:8;\tsize:8;\tsigned:0;
                \tfield:__data_loc char[] comm;\toffset:16;\tsize:4;\tsigned:1;
                \tfield:u64 v0;\toffset:20;\tsize:8;\tsigned:0;
                \tfield:__data_loc char[] v2;\toffset:28;\tsize:4;\tsigned:1;
                \tfield:__data_loc char[] v3;\toffset:32;\tsize:4;\tsigned:1;
                \tfield:__data_loc char[] v4;\toffset:36;\tsize:4;\tsigned:1;
                """);
        ByteBuffer raw = ByteBuffer.allocate(200).order(ByteOrder.nativeOrder());
        raw.putInt(116, 6 << 16 | 40).putLong(120, 0xffff_fffeL);
        raw.putInt(128, 3 << 16 | 46).putInt(132, 1 << 16 | 49).putInt(136, 0);
        raw.position(140);
        raw.put("java\0\0é\0\0".getBytes(StandardCharsets.UTF_8));
        Sample sample = new Sample(0, 11, 12, 13, 1, raw, 100, 60, Optional.empty());

        RawFiring firing = new FiringDecoder(event, format).decode(sample, Callers.NONE);

        assertThat(firing)
                .isEqualTo(new RawFiring(
                        3,
                        13,
                        11,
                        12,
                        "java",
                        List.of(
                                new RawFiring.Value.Number(-2),
                                new RawFiring.Value.Number(9),
                                new RawFiring.Value.Text("é", false),
                                new RawFiring.Value.Text("", false),
                                new RawFiring.Value.Unreadable())));
    }

    @Test
    void a_tally_knows_what_was_lost_before_a_sample() {
        Tally tally = new Tally(2);
        tally.sample(0, ON_CPU_0, 1);
        tally.sample(0, ON_CPU_1, 5);
        tally.sample(0, ON_CPU_0, 4);
        tally.sample(1, 99, 1);
        tally.round(RecordingTool.RING / 2);

        assertThat(tally.counted()).containsExactly(9, 1);
        assertThat(tally.mayMiss()).isFalse();
        tally.round(RecordingTool.RING);
        assertThat(tally.mayMiss()).isTrue();
    }

    private void read() throws IOException {
        new PerfRecords(new ByteArrayInputStream(stream.array(), 0, stream.position()), listener()).read();
    }

    private PerfRecords.Listener listener() {
        return new PerfRecords.Listener() {
            @Override
            public void sample(long source, long config, Sample sample) {
                heard.add("%d of %d: %d at %d, %d/%d"
                        .formatted(source, config, sample.count(), sample.nanos(), sample.pid(), sample.tid()));
                assertThat(sample.rawBytes()).isEqualTo(12);
                assertThat(sample.buffer().getInt(sample.raw())).isEqualTo(42);
            }

            @Override
            public void acknowledged() {
                heard.add("ack");
            }

            @Override
            public void round(long bytes) {
                heard.add("round " + bytes);
            }

            @Override
            public void lost() {
                heard.add("lost");
            }
        };
    }

    private void header() {
        stream.put("PERFILE2".getBytes(StandardCharsets.US_ASCII)).putLong(16);
    }

    private void acknowledged() {
        stream.put("ack\n\0".getBytes(StandardCharsets.US_ASCII));
    }

    private void attributes(long sampleType, long registers, long... sources) {
        ByteBuffer body = ByteBuffer.allocate(128 + sources.length * 8).order(ByteOrder.nativeOrder());
        body.putInt(0, 2)
                .putInt(4, 128)
                .putLong(8, EVENT)
                .putLong(24, sampleType)
                .putLong(32, READ_FORMAT)
                .putLong(80, registers);
        body.position(128);
        Arrays.stream(sources).forEach(body::putLong);
        record(64, body.array());
    }

    private void tracingData(int bytes) {
        record(
                66,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .putInt(bytes)
                        .array());
        stream.put(new byte[bytes + 7 & ~7]);
    }

    private void sample(long source, long count) {
        ByteBuffer body = ByteBuffer.allocate(96).order(ByteOrder.nativeOrder());
        firing(body, source, count);
        record(9, body.array());
    }

    private static void firing(ByteBuffer body, long source, long count) {
        body.putLong(source)
                .putLong(0x401180)
                .putInt(4711)
                .putInt(4712)
                .putLong(1000)
                .putLong(0)
                .putLong(1);
        body.putLong(1).putLong(count).putLong(source).putLong(0);
        body.putInt(12).putInt(42).putLong(0);
    }

    private void record(int type, byte[] body) {
        record(type, 2, body);
    }

    private void record(int type, int misc, byte[] body) {
        stream.putInt(type)
                .putShort((short) misc)
                .putShort((short) (body.length + 8))
                .put(body);
    }
}
