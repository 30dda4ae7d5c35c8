package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import io.probeunit.host.Command;
import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.LocalHost;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent in a process of its own, with the class path that it has in a sidecar and nothing more.
 *
 * <p>In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteHostTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RemoteHost host = new RemoteHost("away", "an agent", AgentProcess::new);

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void filesAreThoseOfTheOtherSide() {
        String file = folder.resolve("a file").toString();
        host.files().write(file, "content".getBytes(StandardCharsets.UTF_8));

        assertThat(folder.resolve("a file")).hasContent("content");
        assertThat(host.files().text(file)).isEqualTo("content");
        assertThat(host.files().list(folder.toString())).containsExactly("a file");
        assertThat(host.files().identity(file))
                .isEqualTo(new LocalHost().files().identity(file));
        assertThat(host.files().exists(file + "2")).isFalse();
        assertThat(host.files().textIfThere(file + "2")).isEmpty();
        assertThat(host.files().link("/proc/self/exe"))
                .hasValueSatisfying(l -> assertThat(l).contains("java"));
        assertThat(host.files().changed(file)).isEqualTo(new LocalHost().files().changed(file));
        host.files().createLink(file + "3", file);
        assertThat(host.files().link(file + "3")).contains(file);
        assertThatThrownBy(() -> host.files().text(file + "2"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aFileLargerThanAPiece() throws IOException {
        byte[] content = new byte[(5 << 19) + 17];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);

        ByteBuffer read = host.files().content(file.toString());

        assertThat(read.remaining()).isEqualTo(content.length);
        byte[] bytes = new byte[content.length];
        read.get(bytes);
        assertThat(bytes).isEqualTo(content);
    }

    @Test
    void theKernel() {
        assertThat(host.kernel()).isEqualTo(new LocalHost().kernel());
    }

    @Test
    void aProcessWithItsStreamsAndItsEnd() throws Exception {
        HostProcess process =
                host.start(Command.of("sh", "-c", "read line; echo \"$line $WORD\"; echo bad >&2; pwd; exit 3")
                        .with(Map.of("WORD", "two"))
                        .in(folder.toString()));

        assertThat(process.isAlive()).isTrue();
        assertThat(process.await(Duration.ofMillis(1))).isEmpty();
        process.input().write("one\n".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("one two\n%s\n".formatted(folder));
        assertThat(new String(process.errors().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("bad\n");
        assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(3));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aSignal() throws Exception {
        HostProcess process = host.start(Command.of("sleep", "100"));

        process.send(HostProcess.Signal.KILL);

        assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(137));
    }

    @Test
    void aProgramThatIsNotThere() {
        assertThatThrownBy(() -> host.start(Command.of("/no/such/program")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void aFifo() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new LocalHost().start(Command.of("mkfifo", fifo.toString())).await(LONG))
                .isEqualTo(OptionalInt.of(0));
        HostProcess reader = host.start(Command.of("cat", fifo.toString()));

        host.files().fifo(fifo.toString()).write("message".getBytes(StandardCharsets.UTF_8), LONG);

        assertThat(new String(reader.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("message");
    }

    @Test
    void whatTheAgentStartedEndsWithTheConversation() throws Exception {
        HostProcess process = host.start(Command.of("sleep", "100"));

        host.close();

        assertThat(process.await(LONG)).isPresent();
        assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void anAgentThatDiedIsReplacedAndItsProcessesAreOver() throws Exception {
        AgentProcess[] started = new AgentProcess[2];
        int[] count = {0};
        try (RemoteHost dying = new RemoteHost("dying", "an agent", () -> started[count[0]++] = new AgentProcess())) {
            HostProcess process = dying.start(Command.of("sleep", "100"));

            started[0].process.destroyForcibly().waitFor();

            assertThat(process.output().readAllBytes()).isEmpty();
            assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(137));
            assertThat(process.isAlive()).isFalse();
            assertThat(dying.files().exists("/proc")).isTrue();
            assertThat(count[0]).isEqualTo(2);
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aStartThatFailedIsNotTriedAgain() {
        int[] tries = {0};
        RemoteHost never = new RemoteHost("never", "an agent", () -> {
            tries[0]++;
            throw new HostException("no daemon");
        });

        assertThatThrownBy(never::kernel).hasMessage("no daemon");
        assertThatThrownBy(() -> never.files().textIfThere("/proc/1/stat")).hasMessage("no daemon");
        assertThat(tries[0]).isEqualTo(1);
    }

    private static final class AgentProcess implements Line {
        private final Process process;

        AgentProcess() {
            String classPath = Stream.of(HostAgent.class, Native.class, ElfFile.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .map(location -> Path.of(location.getPath()).toString())
                    .collect(Collectors.joining(File.pathSeparator));
            try {
                process = new ProcessBuilder(List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath,
                                HostAgent.class.getName()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream output() {
            return process.getInputStream();
        }

        @Override
        public OutputStream input() {
            return process.getOutputStream();
        }

        @Override
        public String end() {
            return "the agent has ended";
        }

        @Override
        public void close() {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("The agent did not end with its input.");
                }
            } catch (IOException readsNothing) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
