package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
}
