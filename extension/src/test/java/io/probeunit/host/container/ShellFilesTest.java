package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.probeunit.host.HostException;
import io.probeunit.host.LocalHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the shell of this machine. */
@Timeout(60)
class ShellFilesTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path work;

    private ShellAgent shell;
    private ShellFiles files;

    @BeforeEach
    void start() {
        shell = LocalShells.agent(work.toString());
        assertThat(shell.greeting()[1]).isEqualTo(new LocalHost().kernel().machine());
        files = new ShellFiles(shell);
    }

    @AfterEach
    void end() {
        shell.close();
        assertThat(shell.isAlive()).isFalse();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void looks_follow_links_and_the_link_itself_can_be_read() throws IOException {
        Files.writeString(path("file"), "content");
        Files.createSymbolicLink(path("link"), Path.of("file"));
        Files.createSymbolicLink(path("dangling"), Path.of("nothing"));

        assertThat(files.exists(at("link"))).isTrue();
        assertThat(files.isRegularFile(at("link"))).isTrue();
        assertThat(files.exists(at("dangling"))).isFalse();
        assertThat(files.isFolder(folder.toString())).isTrue();
        assertThat(files.link(at("link"))).contains("file");
        assertThat(files.link(at("dangling"))).contains("nothing");
        assertThat(files.link(at("file"))).isEmpty();
        assertThat(files.identity(at("link"))).isEqualTo(new LocalHost().files().identity(at("file")));
        assertThat(files.identity(at("dangling"))).isEmpty();
        assertThat(files.text(at("link"))).isEqualTo("content");
        assertThat(files.changed(at("file")).orElseThrow()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(files.changed(at("nothing"))).isEmpty();
    }

    @Test
    void a_file_of_proc_is_read_to_its_end_though_its_size_is_nought() {
        assertThat(files.text("/proc/self/mountinfo")).contains(" / ").endsWith("\n");
        assertThat(files.list("/proc")).contains("self", "1");
    }

    @Test
    void large_files_of_any_bytes_are_read_whole_in_pieces() throws IOException {
        byte[] bytes = new byte[20 << 20];
        new Random(42).nextBytes(bytes);
        Files.write(path("large"), bytes);
        Files.write(path("empty"), new byte[0]);

        assertThat(files.bytes(at("large"))).isEqualTo(bytes);
        assertThat(files.content(at("large")).isReadOnly()).isTrue();
        assertThat(files.bytes(at("empty"))).isEmpty();
    }

    @Test
    void what_is_written_is_for_the_owner_alone_whatever_bytes_it_has() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        files.createFolder(at("a/b"));
        files.write(at("a/b/file"), bytes);

        assertThat(path("a/b/file")).hasBinaryContent(bytes);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("a/b/file"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("a"))))
                .isEqualTo("rwx------");
        files.write(at("a/b/file"), new byte[] {'x'});
        assertThat(path("a/b/file")).hasContent("x");
        files.append(at("a/b/file"), new byte[] {'y'});
        assertThat(path("a/b/file")).hasContent("xy");
    }

    @Test
    void a_link_is_not_written_through_nor_followed_when_it_is_deleted() throws IOException {
        Files.createDirectory(path("kept"));
        Files.writeString(path("kept/file"), "content");
        files.createLink(at("link"), at("kept/file"));
        files.write(at("link"), new byte[] {'x'});
        assertThat(path("kept/file")).hasContent("content");

        files.createLink(at("folder"), at("kept"));
        files.delete(at("folder"));
        files.delete(at("never there"));
        assertThat(path("kept/file")).hasContent("content");
        files.delete(at("kept"));
        assertThat(path("kept")).doesNotExist();
    }

    @Test
    void names_may_be_anything() throws IOException {
        String name = "a 'b' \"$(id)\" `x` \\ * é\nsecond line;#";
        Files.writeString(path(name), "content");
        Files.writeString(path(".hidden"), "");
        Files.createSymbolicLink(path("dangling"), Path.of("nothing"));

        assertThat(files.list(folder.toString())).containsExactlyInAnyOrder(name, ".hidden", "dangling");
        assertThat(files.text(at(name))).isEqualTo("content");
        files.write(at(name), "more".getBytes(StandardCharsets.US_ASCII));
        assertThat(path(name)).hasContent("more");
        files.delete(at(name));
        assertThat(path(name)).doesNotExist();
        assertThat(files.list(at("nothing"))).isEmpty();
    }

    @Test
    void what_is_refused_says_why_and_the_shell_answers_on() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.text(at("nothing")))
                .withMessageContaining(at("nothing"))
                .withMessageContaining("No such file");
        assertThat(files.textIfThere(at("nothing"))).isEmpty();
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.write(at("no/folder"), new byte[10_000]))
                .withMessageContaining("no/folder");
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.append(at("nothing"), new byte[] {'x'}))
                .withMessageContaining("there is no such file");
        assertThat(path("nothing")).doesNotExist();
        assertThat(files.exists(folder.toString())).isTrue();
    }

    @Test
    void many_may_ask_at_once_and_an_interrupted_thread_is_answered() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.writeString(path("file" + i), "content " + i);
        }
        CompletableFuture<?>[] all = new CompletableFuture<?>[20];
        for (int i = 0; i < all.length; i++) {
            int number = i;
            all[i] = CompletableFuture.runAsync(
                    () -> assertThat(files.text(at("file" + number))).isEqualTo("content " + number));
        }
        CompletableFuture.allOf(all).get();

        Thread.currentThread().interrupt();
        assertThat(files.text(at("file3"))).isEqualTo("content 3");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_shell_that_is_gone_is_an_error_that_says_so() {
        shell.close();

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.exists("/"))
                .withMessageContaining("The shell in a test has ended");
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private String at(String name) {
        return folder + "/" + name;
    }
}
