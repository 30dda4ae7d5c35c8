package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.LocalKernel;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In this JVM. */
class KernelFilesTest extends HostFilesContract {

    @Override
    protected HostFiles files() {
        return new LocalHost().files();
    }

    @Test
    void a_path_that_is_none_is_refused() {
        assertThatExceptionOfType(HostException.class).isThrownBy(() -> files().exists("/a\0b"));
    }

    /** A batch is one round trip to a sidecar. */
    @Test
    void many_files_are_read_in_few_batches() {
        AtomicInteger batches = new AtomicInteger();
        Kernel local = new LocalKernel();
        Kernel counting = (Kernel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    batches.addAndGet(method.getName().equals("call") ? 1 : 0);
                    return method.invoke(local, arguments);
                });

        assertThat(new KernelFiles(() -> counting)
                        .texts(IntStream.range(0, 100)
                                .mapToObj(i -> "/proc/self/" + "./".repeat(i) + "cgroup")
                                .toList()))
                .hasSize(100);
        assertThat(batches).hasValueLessThanOrEqualTo(2);
    }
}
