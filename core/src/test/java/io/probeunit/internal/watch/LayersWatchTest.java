package io.probeunit.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LayersWatchTest {

    private static final BinarySelector SHOP = new BinarySelector.FileName("shop");
    private static final TargetFile ARMED = file("/bin/shop", 7, 12, 100);

    @Test
    void the_same_file_among_other_mounts_is_no_doubt() {
        assertThat(look(() -> file("/bin/shop", 8, 12, 100))).isEmpty();
    }

    @Test
    void a_copy_that_the_start_made_is_a_doubt() {
        assertThat(look(() -> file("/bin/shop", 8, 12, 101)))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.text()).contains("/bin/shop", "while the container started"));
        assertThat(look(() -> file("/bin/shop", 8, 13, 100))).hasSize(1);
    }

    @Test
    void another_path_is_a_doubt() {
        assertThat(look(() -> file("/opt/shop", 8, 12, 100)))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.text()).contains("/bin/shop", "/opt/shop in its place"));
    }

    @Test
    void what_cannot_be_looked_up_again_is_a_doubt() {
        assertThat(look(() -> {
                    throw new ProbeException("it is gone");
                }))
                .singleElement()
                .satisfies(doubt -> assertThat(doubt.text()).contains("it is gone"));
    }

    private static List<Doubt> look(Supplier<TargetFile> now) {
        return new LayersWatch(Map.of(SHOP, ARMED), selector -> now.get())
                .begin(List.of())
                .look()
                .ofTarget();
    }

    private static TargetFile file(String path, long device, long inode, long changed) {
        return new TargetFile(path, "/proc/self/fd/9" + path, new FileIdentity(device, inode, 1000, 50, changed));
    }
}
