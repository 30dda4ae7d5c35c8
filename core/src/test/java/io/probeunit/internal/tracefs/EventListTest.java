package io.probeunit.internal.tracefs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventListTest {

    private static final String WHOLE = "p:a/p0 /a:0x1\np:b/p0 /b:0x1\n";

    @Test
    void a_list_from_which_another_event_was_removed_while_it_was_read_is_read_again() {
        Iterator<String> reads =
                List.of("p:gone/p0 /c:0x1\np:b/p0 /b:0x1\n", WHOLE, WHOLE).iterator();

        assertThat(EventList.settled(reads::next)).isEqualTo(WHOLE);
        assertThat(reads).isExhausted();
    }

    @Test
    void a_list_that_never_rests_is_what_was_read_last() {
        int[] reads = {0};

        assertThat(EventList.settled(() -> String.valueOf(++reads[0]))).isEqualTo(String.valueOf(reads[0]));
    }
}
