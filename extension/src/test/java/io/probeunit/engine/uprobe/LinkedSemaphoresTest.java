package io.probeunit.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.binary.ElfBuilder;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.host.FakeHost;
import io.probeunit.host.FileIdentity;
import io.probeunit.target.TargetFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinkedSemaphoresTest {

    private static final List<Integer> PADDING = List.of(4090, 4089, 4088, 4087);

    /** The sets of semaphores change with each test; the file does not. */
    @Test
    void a_session_reads_a_file_once() {
        FakeHost host = new FakeHost();
        TargetFile file = new TargetFile("/bin/shop", "/merged/bin/shop", new FileIdentity(1, 2));
        FakeKernel kernel = new FakeKernel();
        LinkedSemaphores keeper = new LinkedSemaphores(kernel, AttachMode.LINK);
        SemaphoreKeeper session = keeper.ofSession();
        host.files().file(file.hostPath(), withPadding());
        session.hold(host, file, Set.of(0x2000L));
        host.files().delete(file.hostPath());

        session.hold(host, file, Set.of(0x2000L, 0x2002L));

        assertThat(kernel.open).hasSize(2);
        assertThatThrownBy(() -> keeper.hold(host, file, Set.of(0x2000L)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("/merged/bin/shop");
        assertThatThrownBy(() -> keeper.ofSession().hold(host, file, Set.of(0x2000L)))
                .isInstanceOf(EngineException.class);
    }

    /** Whose code ends before its last page does. */
    private static byte[] withPadding() {
        ByteBuffer file = new ElfBuilder().build();
        int header = (int) file.getLong(32);
        file.putLong(header + 32, 0x1000 - 16);
        file.putLong(header + 40, 0x1000 - 16);
        byte[] bytes = new byte[file.capacity()];
        file.duplicate().rewind().get(bytes);
        return bytes;
    }

    @Test
    void a_semaphore_has_the_same_place_whatever_else_is_held() {
        assertThat(LinkedSemaphores.places(PADDING, Set.of(0x2002L, 0x2004L), 0))
                .containsAll(LinkedSemaphores.places(PADDING, Set.of(0x2004L), 0))
                .contains(new Bpf.Place(4089, 0, Optional.of(0x2002L)));
    }

    @Test
    void no_two_semaphores_have_one_place() {
        Set<Long> collide = Set.of(0x2000L, 0x2008L, 0x2010L);

        assertThat(LinkedSemaphores.places(PADDING, collide, 0))
                .extracting(Bpf.Place::offset)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_places_are_enough_if_there_is_one_for_each() {
        Set<Long> four = LongStream.of(0, 2, 4, 8).boxed().collect(Collectors.toSet());

        assertThat(LinkedSemaphores.places(PADDING, four, 3))
                .extracting(Bpf.Place::offset)
                .containsExactlyInAnyOrder(4090L, 4089L, 4088L, 4087L);
    }

    @Test
    void where_another_run_is_in_the_way_all_move_on() {
        assertThat(LinkedSemaphores.places(PADDING, Set.of(0x2000L), 1))
                .containsExactly(new Bpf.Place(4089, 0, Optional.of(0x2000L)));
    }
}
