package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.HostFilesContract;
import io.probeunit.host.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the shell of this machine. */
@Timeout(60)
class ShellFilesTest extends HostFilesContract {

    private final Path work;
    private final ShellAgent shell;
    private final ShellFiles files;

    ShellFilesTest(@TempDir Path work) {
        this.work = work;
        this.shell = LocalShells.agent(work.toString());
        this.files = new ShellFiles(shell);
    }

    @Override
    protected HostFiles files() {
        return files;
    }

    @AfterEach
    void end() {
        shell.close();
        assertThat(shell.isAlive()).isFalse();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void the_shell_tells_what_machine_it_is_on() {
        assertThat(shell.greeting()[1]).isEqualTo(new LocalHost().kernel().machine());
    }

    @Test
    void a_link_gives_way_to_what_is_written(@TempDir Path folder) throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "content");
        Path link = folder.resolve("link");
        files.createLink(link.toString(), kept.toString());

        files.write(link.toString(), new byte[] {'x'});

        assertThat(link).hasContent("x");
        assertThat(kept).hasContent("content");
    }

    @Test
    void many_may_ask_at_once_and_an_interrupted_thread_is_answered(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.writeString(folder.resolve("file" + i), "content " + i);
        }
        CompletableFuture<?>[] all = new CompletableFuture<?>[20];
        for (int i = 0; i < all.length; i++) {
            int number = i;
            all[i] = CompletableFuture.runAsync(
                    () -> assertThat(files.text(folder + "/file" + number)).isEqualTo("content " + number));
        }
        CompletableFuture.allOf(all).get();

        Thread.currentThread().interrupt();
        assertThat(files.text(folder + "/file3")).isEqualTo("content 3");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_shell_that_is_gone_is_an_error_that_says_so() {
        shell.close();

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.exists("/"))
                .withMessageContaining("The shell in a test has ended");
    }
}
