package io.probeunit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest extends HostFilesContract {

    private final HostFiles files = new LocalHost().files();

    @Override
    protected HostFiles files() {
        return files;
    }

    @Test
    void a_file_that_is_not_large_is_not_mapped(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100_000]);

        assertThat(files.content(file.toString()).isDirect()).isFalse();
    }

    @Test
    void a_path_that_is_none_is_refused() {
        assertThatExceptionOfType(HostException.class).isThrownBy(() -> files.exists("/a\0b"));
    }
}
