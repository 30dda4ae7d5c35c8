package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final SlotReading REGISTER = new SlotReading.Register(112, 0, 4, true);
    private static final SlotReading MEMORY = new SlotReading.Memory(112, -1, 1, 0, 1, true);
    private static final SlotReading CONSTANT = new SlotReading.Constant(1);
    private static final SlotReading TEXT = new SlotReading.Text(CONSTANT);

    @Test
    void slots_follow_each_other_behind_what_every_record_has() {
        Layout layout = new Layout(List.of(REGISTER, MEMORY, TEXT, CONSTANT));

        assertThat(List.of(layout.offset(0), layout.offset(1), layout.offset(2), layout.offset(3)))
                .containsExactly(40, 48, 64, 328);
        assertThat(layout.bytes()).isEqualTo(336);
    }

    @Test
    void a_record_without_slots_has_its_head_alone() {
        assertThat(new Layout(List.of()).bytes()).isEqualTo(Layout.COOKIE + Long.BYTES);
    }

    @Test
    void only_memory_and_texts_may_touch_a_page_that_is_not_resident() {
        assertThat(new Layout(List.of(REGISTER, CONSTANT)).reads()).isFalse();
        assertThat(new Layout(List.of(REGISTER, MEMORY)).reads()).isTrue();
        assertThat(new Layout(List.of(TEXT)).reads()).isTrue();
    }
}
