package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PagedContentTest {

    private static final int PAGE = PagedContent.PAGE;
    private static final int SIZE = 40 * PAGE + 1_001;
    private static final byte[] FILE = random();

    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final FileContent content = new PagedContent(SIZE, (offset, length) -> {
        asked.add(new Asked(offset, length));
        return Arrays.copyOfRange(FILE, offset, offset + length);
    });

    private record Asked(int offset, int length) {
        static Asked pages(int first, int number) {
            return new Asked(first * PAGE, number * PAGE);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /** As a buffer does, within pages, across them, at the end and outside. */
    @Property(tries = 300)
    void gives_what_a_buffer_gives(@ForAll @IntRange(max = 41) int page, @ForAll @IntRange(min = -9, max = 9) int by) {
        FileContent whole = FileContent.of(ByteBuffer.wrap(FILE));
        int at = page == 41 ? SIZE + by : page * PAGE + by;

        assertSame(whole, c -> c.get(at));
        assertSame(whole, c -> c.getShort(at));
        assertSame(whole, c -> c.getInt(at));
        assertSame(whole, c -> c.getLong(at));
        for (int length : new int[] {0, 1, 8, 100, PAGE, PAGE + 1, 3 * PAGE}) {
            assertSame(whole, c -> {
                byte[] bytes = new byte[length];
                c.get(at, bytes);
                return ByteBuffer.wrap(bytes);
            });
            assertSame(whole, c -> {
                byte[] bytes = new byte[c.slice(at, length).limit()];
                c.slice(at, length).get(0, bytes);
                return ByteBuffer.wrap(bytes);
            });
        }
    }

    private interface Question {
        Object ask(FileContent content);
    }

    private void assertSame(FileContent whole, Question question) {
        Object expected;
        try {
            expected = question.ask(whole);
        } catch (IndexOutOfBoundsException outside) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> question.ask(content));
            return;
        }
        assertThat(question.ask(content)).isEqualTo(expected);
    }

    @Example
    void nothing_is_read_before_it_is_asked_for_and_nothing_twice() {
        assertThat(content.limit()).isEqualTo(SIZE);
        assertThat(asked).isEmpty();

        content.getInt(5 * PAGE);
        content.getLong(6 * PAGE - 8);
        content.get(5 * PAGE + 7, new byte[1_000]);

        assertThat(asked).containsExactly(Asked.pages(5, 1));
    }

    @Example
    void who_goes_on_reading_gets_more_at_once() {
        for (int at = 2 * PAGE; at < 20 * PAGE; at++) {
            content.get(at);
        }

        assertThat(asked)
                .containsExactly(
                        Asked.pages(2, 1),
                        Asked.pages(3, 2),
                        Asked.pages(5, 4),
                        Asked.pages(9, 8),
                        Asked.pages(17, 16));
    }

    @Example
    void what_is_there_is_not_read_ahead_and_neither_is_what_is_behind_the_end() {
        content.get(12 * PAGE);
        for (int at = 8 * PAGE; at < 12 * PAGE; at += PAGE) {
            content.get(at);
        }
        for (int at = 38 * PAGE; at < SIZE; at++) {
            content.get(at);
        }

        assertThat(asked)
                .containsExactly(
                        Asked.pages(12, 1),
                        Asked.pages(8, 1),
                        Asked.pages(9, 2),
                        Asked.pages(11, 1),
                        Asked.pages(38, 1),
                        new Asked(39 * PAGE, PAGE + 1_001));
    }

    @Example
    void what_is_larger_than_a_page_is_asked_for_once_and_to_the_byte() {
        content.slice(PAGE - 5, 3 * PAGE);
        content.get(7, new byte[2 * PAGE]);

        assertThat(asked).containsExactly(new Asked(PAGE - 5, 3 * PAGE), new Asked(7, 2 * PAGE));
    }

    @Example
    void nobody_has_to_hold_a_very_large_part_in_memory() {
        List<Asked> parts = new ArrayList<>();
        FileContent large = new PagedContent(100_000_000, (offset, length) -> {
            parts.add(new Asked(offset, length));
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) (offset >> 20));
            return bytes;
        });
        byte[] bytes = new byte[20 << 20];

        large.get(1 << 20, bytes);

        assertThat(parts)
                .containsExactly(
                        new Asked(1 << 20, 8 << 20), new Asked(9 << 20, 8 << 20), new Asked(17 << 20, 4 << 20));
        assertThat(new byte[] {bytes[0], bytes[8 << 20], bytes[bytes.length - 1]})
                .containsExactly(1, 9, 17);
    }

    @Example
    void threads_that_want_the_same_page_ask_for_it_once() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Integer> got = Collections.synchronizedList(new ArrayList<>());
        FileContent slow = FileContent.inParts(SIZE, (offset, length) -> {
            asked.add(new Asked(offset, length));
            while (threads.stream()
                    .anyMatch(thread -> thread != Thread.currentThread()
                            && thread.getState() != Thread.State.BLOCKED
                            && thread.getState() != Thread.State.TERMINATED)) {
                Thread.onSpinWait();
            }
            return Arrays.copyOfRange(FILE, offset, offset + length);
        });
        for (int i = 0; i < 3; i++) {
            threads.add(new Thread(() -> got.add(slow.getInt(3 * PAGE))));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(asked).containsExactly(Asked.pages(3, 1));
        assertThat(got).hasSize(3).containsOnly(content.getInt(3 * PAGE));
    }

    @Example
    void a_source_that_fails_is_asked_again() {
        List<String> failures = new ArrayList<>(List.of("once"));
        FileContent shaky = new PagedContent(10, (offset, length) -> {
            if (!failures.isEmpty()) {
                throw new HostException(failures.remove(0));
            }
            return new byte[length];
        });

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> shaky.get(3))
                .withMessage("once");
        assertThat(shaky.get(3)).isZero();
    }
}
