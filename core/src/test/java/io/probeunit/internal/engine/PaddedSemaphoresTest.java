package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.internal.binary.ElfBuilder;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.TargetFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaddedSemaphoresTest {

    private static final TargetFile SHOP = new TargetFile("/bin/shop", "/merged/bin/shop", new FileIdentity(1, 2));

    private final FakeHost host = new FakeHost();
    private final List<Map<Long, Integer>> tried = new ArrayList<>();
    private final AtomicInteger released = new AtomicInteger();
    private final SemaphoreKeeper keeper = new PaddedSemaphores(this::held);

    @BeforeEach
    void shop() {
        host.files().file(SHOP.hostPath(), ElfBuilder.withPadding());
    }

    /** The sets of semaphores change with each test; the file does not. */
    @Test
    void a_session_reads_a_file_once() {
        SemaphoreKeeper session = keeper.ofSession();
        session.hold(host, SHOP, Set.of(0x2000L));
        host.files().delete(SHOP.hostPath());

        session.hold(host, SHOP, Set.of(0x2000L, 0x2002L));

        assertThat(tried).containsExactly(Map.of(0x2000L, 0x1fff), Map.of(0x2000L, 0x1fff, 0x2002L, 0x1ffe));
        for (SemaphoreKeeper other : List.of(keeper, keeper.ofSession())) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> other.hold(host, SHOP, Set.of(0x2000L)))
                    .withMessageContaining("/merged/bin/shop");
        }
    }

    @Test
    void what_is_held_is_released_once() {
        SemaphoreKeeper.Hold hold = keeper.hold(host, SHOP, Set.of(0x2000L));
        hold.close();
        hold.close();
        SemaphoreKeeper.Hold second = keeper.hold(host, SHOP, Set.of(0x2000L));
        second.close();

        await().atMost(Duration.ofSeconds(10)).until(() -> released.get() == 2);
    }

    @Test
    void where_all_places_are_taken_the_last_refusal_is_told() {
        SemaphoreKeeper refused = new PaddedSemaphores((where, file, places) -> {
            held(where, file, places);
            return new SemaphoreUprobes.Taken(new EngineException("refused " + tried.size()));
        });

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> refused.hold(host, SHOP, Set.of(0x2000L)))
                .withMessage("refused 16");
        assertThat(tried).as("all of the padding").doesNotHaveDuplicates();
    }

    @Test
    void more_semaphores_than_places_are_refused() {
        Set<Long> many = LongStream.range(0, 17).mapToObj(i -> 2 * i).collect(Collectors.toSet());

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> keeper.hold(host, SHOP, many))
                .withMessageContaining("17 semaphores of /bin/shop")
                .withMessageContaining("only 16 unused bytes");
        assertThat(tried).isEmpty();
    }

    private SemaphoreUprobes.Attempt held(Host where, TargetFile file, Map<Long, Integer> places) {
        assertThat(where).isSameAs(host);
        assertThat(file).isEqualTo(SHOP);
        tried.add(places);
        return new SemaphoreUprobes.Held(released::incrementAndGet);
    }
}
