package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file that a process without descriptors cannot read is not one that is not there. */
class WithoutDescriptorsTest {

    @Test
    void a_file_that_is_not_there_is_nothing() {
        HostFiles files = failing("Could not read /proc/7/maps: No such file or directory");

        assertThat(files.textIfThere("/proc/7/maps")).isEmpty();
        assertThat(files.texts(List.of("/proc/7/maps"))).isEmpty();
    }

    @Test
    void without_descriptors_nothing_is_known() {
        HostFiles files = failing("Could not read /proc/7/maps: Too many open files in system");

        assertThatExceptionOfType(HostException.class).isThrownBy(() -> files.textIfThere("/proc/7/maps"));
        assertThatExceptionOfType(HostException.class).isThrownBy(() -> files.texts(List.of("/proc/7/maps")));
    }

    private static HostFiles failing(String message) {
        return (HostFiles) Proxy.newProxyInstance(
                HostFiles.class.getClassLoader(), new Class<?>[] {HostFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("text")) {
                        throw new HostException(message);
                    }
                    return InvocationHandler.invokeDefault(proxy, method, arguments);
                });
    }
}
