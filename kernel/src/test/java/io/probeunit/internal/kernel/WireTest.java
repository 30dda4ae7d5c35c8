package io.probeunit.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void room_for_what_calls_write_is_not_sent() {
        Batch batch = new Batch();
        Batch.Place into = batch.room(1 << 20);
        Batch.Call open = batch.call(SystemCall.OPENAT, batch.text("/proc/self/maps"));
        Batch.Call read = batch.call(SystemCall.READ, open, into, Batch.value(1 << 20));
        batch.want(into, 1 << 20, read);

        assertThat(Wire.calls(1, batch, Machine.X86_64)).hasSizeLessThan(300);
        assertThat(batch.size()).isEqualTo(16 + (1 << 20));
        assertThat(batch.at(into)).isEqualTo(16);
    }

    @Test
    void bytes_can_be_put_only_where_there_were_some() {
        Batch batch = new Batch();
        Batch.Place room = batch.room(8);
        Batch.Place bytes = batch.bytes(new byte[8]);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.put(room, new byte[1]));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.put(bytes, new byte[9]));
    }
}
