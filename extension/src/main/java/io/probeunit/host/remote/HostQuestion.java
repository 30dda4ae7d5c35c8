package io.probeunit.host.remote;

import io.probeunit.host.Command;
import io.probeunit.host.FileIdentity;
import io.probeunit.host.FilePiece;
import io.probeunit.host.HostProcess.Signal;
import io.probeunit.host.KernelIdentity;
import io.probeunit.host.NoSuchProgramException;
import io.probeunit.host.RunningProcess;
import io.probeunit.host.WantedFiles;
import io.probeunit.host.wire.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is asked of another host; each as the method of the same name says it. Those that only do something answer true.
 *
 * @param <A> the answer
 */
sealed interface HostQuestion<A> extends Question<ServedHost, A> {

    record Hello() implements HostQuestion<KernelIdentity> {
        @Override
        public KernelIdentity answer(ServedHost served) {
            return served.host().kernel();
        }
    }

    record Nanos() implements HostQuestion<Long> {
        @Override
        public Long answer(ServedHost served) {
            return served.host().nanos();
        }
    }

    record Exists(String path) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            return served.files().exists(path);
        }
    }

    record IsRegularFile(String path) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            return served.files().isRegularFile(path);
        }
    }

    record IsFolder(String path) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            return served.files().isFolder(path);
        }
    }

    record Link(String path) implements HostQuestion<Optional<String>> {
        @Override
        public Optional<String> answer(ServedHost served) {
            return served.files().link(path);
        }
    }

    record Identity(String path) implements HostQuestion<Optional<FileIdentity>> {
        @Override
        public Optional<FileIdentity> answer(ServedHost served) {
            return served.files().identity(path);
        }
    }

    record Identities(List<String> paths) implements HostQuestion<List<Optional<FileIdentity>>> {
        @Override
        public List<Optional<FileIdentity>> answer(ServedHost served) {
            return served.files().identities(paths);
        }
    }

    /** Answers with the moment as ISO 8601 has it. */
    record Changed(String path) implements HostQuestion<Optional<String>> {
        @Override
        public Optional<String> answer(ServedHost served) {
            return served.files().changed(path).map(Instant::toString);
        }
    }

    record CreateLink(String path, String target) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.files().createLink(path, target);
            return true;
        }
    }

    record Bytes(String path) implements HostQuestion<byte[]> {
        @Override
        public byte[] answer(ServedHost served) {
            return served.files().bytes(path);
        }
    }

    /** A part of a large file, and a look at it. */
    record Piece(String path, long offset, int length) implements HostQuestion<FilePiece> {
        @Override
        public FilePiece answer(ServedHost served) {
            return served.files().piece(path, offset, length);
        }
    }

    /** A part of a file, or of a process's memory. */
    record Part(String path, long offset, int length) implements HostQuestion<Optional<byte[]>> {
        @Override
        public Optional<byte[]> answer(ServedHost served) {
            return served.files().part(path, offset, length);
        }
    }

    record Names(String path) implements HostQuestion<List<String>> {
        @Override
        public List<String> answer(ServedHost served) {
            return served.files().list(path);
        }
    }

    record Write(String path, byte[] content) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.files().write(path, content);
            return true;
        }
    }

    record Append(String path, byte[] content) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.files().append(path, content);
            return true;
        }
    }

    record CreateFolder(String path) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.files().createFolder(path);
            return true;
        }
    }

    record Delete(String path) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.files().delete(path);
            return true;
        }
    }

    record OpenFifo(String path) implements HostQuestion<Long> {
        @Override
        public Long answer(ServedHost served) {
            return served.openFifo(path);
        }
    }

    record WriteFifo(long fifo, byte[] message, long patienceNanos) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.fifo(fifo).write(message, Duration.ofNanos(patienceNanos));
            return true;
        }
    }

    record CloseFifo(long fifo) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.fifo(fifo).close();
            return true;
        }
    }

    record Running(String group, WantedFiles wanted) implements HostQuestion<List<RunningProcess>> {
        @Override
        public List<RunningProcess> answer(ServedHost served) {
            return served.host().running(group, wanted);
        }
    }

    record ShowRoot(long pid) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.host().showRoot(pid);
            return true;
        }
    }

    /** Answers with the process's id; with none where there is no such program. */
    record Start(long number, Command command) implements HostQuestion<OptionalLong> {
        @Override
        public OptionalLong answer(ServedHost served) {
            try {
                return OptionalLong.of(served.start(number, command));
            } catch (NoSuchProgramException e) {
                return OptionalLong.empty();
            }
        }
    }

    record PutInput(long number, byte[] bytes) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.process(number).put(bytes);
            return true;
        }
    }

    record EndInput(long number) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.process(number).endInput();
            return true;
        }
    }

    record Send(long number, Signal signal) implements HostQuestion<Boolean> {
        @Override
        public Boolean answer(ServedHost served) {
            served.process(number).process().send(signal);
            return true;
        }
    }

    record Await(long number, long nanos) implements HostQuestion<OptionalInt> {
        @Override
        public OptionalInt answer(ServedHost served) {
            return served.process(number).await(Duration.ofNanos(nanos));
        }
    }
}
