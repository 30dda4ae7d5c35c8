package io.probeunit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

    private final HostFiles files = new LocalHost().files();

    @TempDir
    private Path folder;

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
        assertThat(files.identity(at("link"))).isPresent().isEqualTo(files.identity(at("file")));
        assertThat(files.identity(at("dangling"))).isEmpty();
        assertThat(files.identity(at("file/below"))).isEmpty();
        assertThat(files.text(at("link"))).isEqualTo("content");
    }

    @Test
    void a_file_of_proc_is_read_to_its_end_though_its_size_is_nought() {
        assertThat(files.text("/proc/self/mountinfo")).contains(" / ").endsWith("\n");
        assertThat(files.list("/proc")).contains("self", "1");
    }

    @Test
    void content_is_the_whole_file_and_cannot_be_changed() throws IOException {
        byte[] bytes = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        Files.write(path("file"), bytes);

        assertThat(files.content(at("file")).isReadOnly()).isTrue();
        assertThat(files.content(at("file")).remaining()).isEqualTo(bytes.length);
        assertThat(files.content(at("file")).isDirect()).as("mapped").isFalse();
    }

    @Test
    void what_is_written_is_for_the_owner_alone() throws IOException {
        files.createFolder(at("a/b"));
        files.write(at("a/b/file"), "longer".getBytes(StandardCharsets.US_ASCII));
        files.write(at("a/b/file"), "short".getBytes(StandardCharsets.US_ASCII));

        assertThat(path("a/b/file")).hasContent("short");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("a/b/file"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("a/b"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_link_is_not_written_through() throws IOException {
        Files.writeString(path("other"), "kept");
        Files.createSymbolicLink(path("file"), Path.of("other"));

        assertThatExceptionOfType(HostException.class).isThrownBy(() -> files.write(at("file"), new byte[] {1}));
        assertThat(path("other")).hasContent("kept");
    }

    @Test
    void appending_needs_a_file_and_empties_none() throws IOException {
        Files.writeString(path("control"), "0123456789");

        files.append(at("control"), "ab".getBytes(StandardCharsets.US_ASCII));

        assertThat(path("control")).hasContent("ab23456789");
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.append(at("nothing"), new byte[1]))
                .withMessage("Could not write to %s: there is no such file", at("nothing"));
    }

    @Test
    void a_folder_is_deleted_with_what_is_in_it_but_not_what_its_links_name() throws IOException {
        Files.createDirectories(path("tree/below"));
        Files.writeString(path("tree/below/file"), "x");
        Files.createDirectory(path("kept"));
        Files.writeString(path("kept/file"), "x");
        Files.createSymbolicLink(path("tree/link"), path("kept"));

        files.delete(at("tree"));
        files.delete(at("tree"));

        assertThat(path("tree")).doesNotExist();
        assertThat(path("kept/file")).exists();
    }

    @Test
    void two_may_delete_the_same_at_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 50; i++) {
                Files.createDirectories(path("tree/" + i + "/below"));
            }
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> files.delete(at("tree")));

            assertThatCode(() -> files.delete(at("tree"))).doesNotThrowAnyException();
            other.get();
            assertThat(path("tree")).doesNotExist();
        }
    }

    @Test
    void names_are_sorted_and_a_folder_that_is_not_there_has_none() throws IOException {
        Files.writeString(path("b"), "");
        Files.writeString(path("a"), "");

        assertThat(files.list(folder.toString())).isEqualTo(List.of("a", "b"));
        assertThat(files.list(at("nothing"))).isEmpty();
        assertThat(files.list(at("a"))).isEmpty();
    }

    @Test
    void every_fault_is_a_host_exception() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.text(at("nothing")))
                .withMessage("Could not read %s: there is no such file", at("nothing"));
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files.text(folder.toString()))
                .withMessageStartingWith("Could not read " + folder);
        assertThatExceptionOfType(HostException.class).isThrownBy(() -> files.exists("/a\0b"));
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private String at(String name) {
        return path(name).toString();
    }
}
