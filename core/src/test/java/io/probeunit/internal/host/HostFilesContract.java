package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the files of every host; here each host's are those of this machine. */
public abstract class HostFilesContract {

    @TempDir
    private Path folder;

    /** Those of the host under test. */
    protected abstract HostFiles files();

    @Test
    void looks_follow_links_and_the_link_itself_can_be_read() throws IOException {
        Files.writeString(path("file"), "content");
        Files.createSymbolicLink(path("link"), Path.of("file"));
        Files.createSymbolicLink(path("dangling"), Path.of("nothing"));

        assertThat(files().exists(at("link"))).isTrue();
        assertThat(files().isRegularFile(at("link"))).isTrue();
        assertThat(files().exists(at("dangling"))).isFalse();
        assertThat(files().isFolder(folder.toString())).isTrue();
        assertThat(files().link(at("link"))).contains("file");
        assertThat(files().link(at("dangling"))).contains("nothing");
        assertThat(files().link(at("file"))).isEmpty();
        assertThat(files().text(at("link"))).isEqualTo("content");
    }

    @Test
    void a_way_ends_at_a_link_or_where_nothing_is_and_never_leads_through_a_link() throws IOException {
        Files.createDirectories(path("a/b"));
        Files.writeString(path("a/b/file"), "content");
        Files.createSymbolicLink(path("a/up"), Path.of("../a"));
        Files.createSymbolicLink(path("a/dangling"), Path.of("nothing"));

        assertThat(way("a", "b", "file")).isEqualTo(new Way(3, Optional.empty()));
        assertThat(way("a", "up", "b", "file")).isEqualTo(new Way(1, Optional.of("../a")));
        assertThat(way("a", "dangling")).isEqualTo(new Way(1, Optional.of("nothing")));
        assertThat(way("a", "nothing", "b")).isEqualTo(new Way(1, Optional.empty()));
        assertThat(way("a", "b", "file", "behind")).isEqualTo(new Way(3, Optional.empty()));
        assertThat(way()).isEqualTo(new Way(0, Optional.empty()));
        assertThat(files().way(at("nowhere"), List.of("a"))).isEqualTo(new Way(0, Optional.empty()));
    }

    @Test
    void a_way_may_be_long() throws IOException {
        List<String> names = Collections.nCopies(70, "d");
        Files.createDirectories(path(String.join("/", names)));
        Files.createSymbolicLink(path(String.join("/", names) + "/link"), Path.of("there"));

        assertThat(way(Stream.concat(names.stream(), Stream.of("link")).toArray(String[]::new)))
                .isEqualTo(new Way(70, Optional.of("there")));
    }

    private Way way(String... names) {
        return files().way(folder.toString(), List.of(names));
    }

    @Test
    void a_file_is_known_by_its_identity_and_the_time_of_its_last_change() throws IOException {
        Files.writeString(path("file"), "content");
        Files.createSymbolicLink(path("link"), Path.of("file"));
        Files.createSymbolicLink(path("dangling"), Path.of("nothing"));

        assertThat(files().identity(at("link")))
                .isPresent()
                .isEqualTo(new LocalHost().files().identity(at("file")));
        assertThat(files().identity(at("dangling"))).isEmpty();
        assertThat(files().identity(at("file/below"))).isEmpty();
        assertThat(files().changed(at("file")).orElseThrow()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(files().changed(at("nothing"))).isEmpty();
    }

    @Test
    void an_identity_tells_what_was_done_to_a_file() throws IOException {
        Files.writeString(path("file"), "content");
        FileIdentity first = files().identity(at("file")).orElseThrow();

        Files.setPosixFilePermissions(path("file"), PosixFilePermissions.fromString("rwx------"));
        FileIdentity executable = files().identity(at("file")).orElseThrow();
        Files.writeString(path("file"), "CONTENT");
        Files.setLastModifiedTime(path("file"), FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
        FileIdentity written = files().identity(at("file")).orElseThrow();
        Files.writeString(path("file"), "other content");
        FileIdentity longer = files().identity(at("file")).orElseThrow();

        assertThat(first.size()).isEqualTo(7);
        assertThat(executable).isNotEqualTo(first).matches(first::hasSameContent);
        assertThat(written).matches(first::isSameFile).matches(other -> !other.hasSameContent(first));
        assertThat(written.modified()).isEqualTo(981_173_106_789_000_000L);
        assertThat(longer.size()).isEqualTo(13);
    }

    @Test
    void a_part_of_a_file_is_read_and_of_a_process_as_well() throws IOException {
        Files.writeString(path("file"), "0123456789");

        assertThat(files().part(at("file"), 2, 3)).hasValue("234".getBytes(StandardCharsets.US_ASCII));
        assertThat(files().part(at("file"), 8, 3)).isEmpty();
        assertThat(files().part(at("nothing"), 0, 1)).isEmpty();
        long pid = ProcessHandle.current().pid();
        String mapped =
                files().text("/proc/%d/maps".formatted(pid)).lines().findFirst().orElseThrow();
        long address = Long.parseLong(mapped.substring(0, mapped.indexOf('-')), 16);
        assertThat(files().part("/proc/%d/mem".formatted(pid), address, 4))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(4));
    }

    @Test
    void several_files_are_looked_at_at_once() throws IOException {
        Files.writeString(path("one"), "1");
        Files.writeString(path("a 'second'"), "22");

        assertThat(files().identities(List.of(at("one"), at("nothing"), at("a 'second'"))))
                .containsExactly(files().identity(at("one")), Optional.empty(), files().identity(at("a 'second'")));
        assertThat(files().identities(List.of())).isEmpty();
    }

    @Test
    void several_files_are_read_at_once() throws IOException {
        Files.writeString(path("one"), "first\nit's: second\n");
        Files.writeString(path("other"), "third\n");

        assertThat(files().texts(List.of(at("one"), at("nothing"), at("other"))))
                .containsOnly(Map.entry(at("one"), "first\nit's: second\n"), Map.entry(at("other"), "third\n"));
        assertThat(files().texts(List.of())).isEmpty();
    }

    @Test
    void a_piece_of_a_file_ends_where_the_file_does() throws IOException {
        Files.writeString(path("file"), "0123456789");

        assertThat(files().piece(at("file"), 0, 4).bytes()).asString().isEqualTo("0123");
        assertThat(files().piece(at("file"), 7, 100).bytes()).asString().isEqualTo("789");
        assertThat(files().piece(at("file"), 10, 4).bytes()).isEmpty();
        assertThat(files().piece(at("file"), 1_000, 4).bytes()).isEmpty();
        assertThat(files().piece(at("file"), 2, 1).file()).isEqualTo(files().identity(at("file")));
    }

    @Test
    void a_file_of_proc_is_read_to_its_end_though_its_size_is_nought() {
        assertThat(files().text("/proc/self/mountinfo")).contains(" / ").endsWith("\n");
        assertThat(files().list("/proc")).contains("self", "1");
    }

    @Test
    void large_files_of_any_bytes_are_read_whole_or_in_parts() throws IOException {
        byte[] bytes = random(5_000_017);
        Files.write(path("large"), bytes);
        Files.write(path("empty"), new byte[0]);

        assertThat(files().bytes(at("large"))).isEqualTo(bytes);
        assertThat(files().bytes(at("empty"))).isEmpty();
        FileContent content = files().content(at("large"));
        byte[] read = new byte[content.limit()];
        content.get(0, read);
        assertThat(read).isEqualTo(bytes);
        assertThat(content.getLong(4_321_001))
                .isEqualTo(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(4_321_001));
        assertThat(files().content(at("empty")).limit()).isZero();
    }

    @Test
    void parts_of_two_states_of_a_file_are_not_mixed() throws IOException {
        Files.write(path("file"), random(1_000_000));
        FileContent content = files().content(at("file"));
        int first = content.getInt(0);

        Files.write(path("other"), random(1_000_000));
        Files.move(path("other"), path("file"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(content.getInt(0)).isEqualTo(first);
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> content.getInt(500_000))
                .withMessage("Could not read %s: it changed meanwhile (PU1032)", at("file"));
        Files.write(path("file"), new byte[10]);
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> content.getInt(500_000))
                .withMessageContaining("it changed meanwhile");
        Files.delete(path("file"));
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> content.getInt(500_000))
                .withMessageStartingWith("Could not read %s", at("file"));
    }

    @Test
    void what_cannot_be_read_is_refused_before_its_content_is_asked_for() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files().content(at("nothing")))
                .withMessage("Could not read %s: there is no such file (PU0517)", at("nothing"));
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files().content(folder.toString()))
                .withMessageStartingWith("Could not read " + folder);
    }

    @Test
    void what_is_written_is_for_the_owner_alone_whatever_bytes_it_has() throws IOException {
        byte[] bytes = random(300_000);
        files().createFolder(at("a/b"));
        files().write(at("a/b/file"), bytes);
        assertThat(path("a/b/file")).hasBinaryContent(bytes);

        files().write(at("a/b/file"), "short".getBytes(StandardCharsets.US_ASCII));

        assertThat(path("a/b/file")).hasContent("short");
        assertThat(permissions("a/b/file")).isEqualTo("rw-------");
        assertThat(permissions("a/b")).isEqualTo("rwx------");
        assertThat(permissions("a")).isEqualTo("rwx------");
    }

    /** A host may refuse, or put a file in the place of the link. */
    @Test
    void a_link_is_not_written_through() {
        files().write(at("other"), "kept".getBytes(StandardCharsets.US_ASCII));
        files().createLink(at("link"), at("other"));

        try {
            files().write(at("link"), new byte[] {'x'});
        } catch (HostException refused) {
            assertThat(refused).hasMessageContaining(at("link"));
        }

        assertThat(path("other")).hasContent("kept");
    }

    @Test
    void appending_needs_a_file_and_empties_none() throws IOException {
        Files.writeString(path("control"), "0123456789");

        files().append(at("control"), "ab".getBytes(StandardCharsets.US_ASCII));

        assertThat(path("control")).content().contains("ab").contains("89");
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files().append(at("nothing"), new byte[1]))
                .withMessage("Could not write to %s: there is no such file (PU0517)", at("nothing"));
        assertThat(path("nothing")).doesNotExist();
    }

    @Test
    void a_folder_is_deleted_with_what_is_in_it_but_not_what_its_links_name() throws IOException {
        Files.createDirectories(path("tree/below"));
        Files.writeString(path("tree/below/file"), "x");
        Files.createDirectory(path("kept"));
        Files.writeString(path("kept/file"), "x");
        Files.createSymbolicLink(path("tree/link"), path("kept"));
        Files.createSymbolicLink(path("link"), path("kept"));

        files().delete(at("tree"));
        files().delete(at("tree"));
        files().delete(at("link"));

        assertThat(path("tree")).doesNotExist();
        assertThat(path("kept/file")).exists();
    }

    @Test
    void two_may_delete_the_same_at_once() throws Exception {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 50; i++) {
                Files.createDirectories(path("tree/" + i + "/below"));
            }
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> files().delete(at("tree")));

            assertThatCode(() -> files().delete(at("tree"))).doesNotThrowAnyException();
            other.get();
            assertThat(path("tree")).doesNotExist();
        }
    }

    @Test
    void names_are_sorted_and_a_folder_that_is_not_there_has_none() throws IOException {
        Files.writeString(path("b"), "");
        Files.writeString(path("B"), "");
        Files.writeString(path("a"), "");

        assertThat(files().list(folder.toString())).isEqualTo(List.of("B", "a", "b"));
        assertThat(files().list(at("nothing"))).isEmpty();
        assertThat(files().list(at("a"))).isEmpty();
    }

    @Test
    void names_may_be_anything() throws IOException {
        String name = "a 'b' \"$(id)\" `x` \\ * é\nsecond line;#";
        Files.writeString(path(name), "content");
        Files.writeString(path(".hidden"), "");
        Files.createSymbolicLink(path("dangling"), Path.of("nothing"));

        assertThat(files().list(folder.toString())).containsExactlyInAnyOrder(name, ".hidden", "dangling");
        assertThat(files().text(at(name))).isEqualTo("content");
        files().write(at(name), "more".getBytes(StandardCharsets.US_ASCII));
        assertThat(path(name)).hasContent("more");
        files().delete(at(name));
        assertThat(path(name)).doesNotExist();
    }

    @Test
    void every_fault_is_a_host_exception() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files().text(at("nothing")))
                .withMessageStartingWith("Could not read " + at("nothing"))
                .withMessageMatching("(?i).*no such file.*");
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files().text(folder.toString()))
                .withMessageStartingWith("Could not read " + folder);
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> files().write(at("no/folder"), new byte[10_000]))
                .withMessageContaining("no/folder");
        assertThat(files().textIfThere(at("nothing"))).isEmpty();
        assertThat(files().exists(folder.toString())).as("it still answers").isTrue();
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path(name)));
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(42).nextBytes(content);
        return content;
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private String at(String name) {
        return path(name).toString();
    }

    @Test
    void a_process_that_has_ended_and_was_not_asked_for_executes_nothing() throws Exception {
        // a shell may ask for its child, so the child ends once the shell has become a program that does not
        String child = "while [ \"$(cat /proc/$$/comm)\" = sh ]; do :; done";
        Process parent = new ProcessBuilder("sh", "-c", child + " & echo $!; exec sleep 60").start();
        try {
            String pid = parent.inputReader().readLine();
            Awaitility.await()
                    .until(() -> Files.readString(Path.of("/proc", pid, "stat")).contains(") Z "));

            assertThat(files().link("/proc/%s/exe".formatted(pid))).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }
}
