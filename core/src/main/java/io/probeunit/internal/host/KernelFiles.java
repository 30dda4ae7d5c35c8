package io.probeunit.internal.host;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Errno;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Files through the system calls of a kernel, on any machine. Paths are UTF-8. */
public final class KernelFiles implements HostFiles {

    /** Most files of {@code /proc} fit. */
    private static final int FIRST = 1 << 14;

    private static final int PIECE = 1 << 22;
    private static final int FILES_AT_ONCE = 64;
    private static final int LARGEST_FOLDER = 1 << 23;
    private static final int LARGEST_NAME = 4096;
    private static final int NAMES_AT_ONCE = 32;
    private static final int OWNER_FILE = 0600;
    private static final int OWNER_FOLDER = 0700;
    private static final int REMOVE_FOLDER = 0x200;
    /** A reader that opens its FIFO anew after each message is back within microseconds. */
    private static final Duration PAUSE = Duration.ofNanos(50_000);

    private final Supplier<? extends Kernel> kernels;
    private final boolean endWithKernel;

    /**
     * Files of a machine.
     *
     * @param kernels gives the way to its kernel
     */
    public KernelFiles(Supplier<? extends Kernel> kernels) {
        this(kernels, false);
    }

    /**
     * Files of a machine.
     *
     * @param kernels gives the way to its kernel
     * @param endWithKernel whether the files are gone when that way is, as in a container that has ended
     */
    public KernelFiles(Supplier<? extends Kernel> kernels, boolean endWithKernel) {
        this.kernels = kernels;
        this.endWithKernel = endWithKernel;
    }

    @Override
    public boolean exists(String path) {
        return look(path, true).isPresent();
    }

    @Override
    public boolean isRegularFile(String path) {
        return look(path, true).filter(Look.FileStatus::isRegular).isPresent();
    }

    @Override
    public boolean isFolder(String path) {
        return look(path, true).filter(Look.FileStatus::isFolder).isPresent();
    }

    @Override
    public Optional<FileIdentity> identity(String path) {
        return look(path, true).map(Look.FileStatus::identity);
    }

    @Override
    public Optional<Instant> changed(String path) {
        return look(path, true).map(Look.FileStatus::changed);
    }

    @Override
    public List<Optional<FileIdentity>> identities(List<String> paths) {
        Batch batch = new Batch();
        List<Look> looks =
                paths.stream().map(path -> Look.at(batch, path, true)).toList();
        Answer answer = call(batch, "look at", "files");
        return looks.stream()
                .map(look -> look.status(answer).map(Look.FileStatus::identity))
                .toList();
    }

    /** A process that has ended keeps the link to its program, which leads nowhere, until its parent asks for it. */
    @Override
    public Optional<String> link(String path) {
        Batch batch = new Batch();
        Look look = Look.at(batch, path, false);
        Batch.Place into = batch.room(LARGEST_NAME);
        Batch.Call read = batch.call(
                SystemCall.READLINKAT, OpenFlags.HERE, OpenFlags.path(batch, path), into, value(LARGEST_NAME));
        Batch.Wanted target = batch.want(into, LARGEST_NAME, read);
        Answer answer = call(batch, "read the link", path);
        if (look.status(answer).filter(Look.FileStatus::isLink).isEmpty() || Errno.ENOENT.is(answer.result(read))) {
            return Optional.empty();
        }
        check(answer, read, "read the link", path);
        return Optional.of(answer.text(target));
    }

    /** Each name is opened below the one before, so that nothing behind a link is looked at. */
    @Override
    public Way way(String folder, List<String> names) {
        int passed = 0;
        String path = folder;
        while (passed < names.size()) {
            List<String> some = names.subList(passed, Math.min(names.size(), passed + NAMES_AT_ONCE));
            Way way = shortWay(path, some);
            passed += way.passed();
            if (way.passed() < some.size()) {
                return new Way(passed, way.link());
            }
            path = path + "/" + String.join("/", some);
        }
        return new Way(passed, Optional.empty());
    }

    private Way shortWay(String folder, List<String> names) {
        int flags = OpenFlags.NAME_ONLY | OpenFlags.CLOSE_ON_EXEC;
        Batch batch = new Batch();
        List<Step> steps = new ArrayList<>();
        Batch.Call top =
                batch.call(SystemCall.OPENAT, OpenFlags.HERE, OpenFlags.path(batch, folder), value(flags), value(0));
        Batch.Call from = top;
        for (String name : names) {
            Step step = Step.add(batch, from, name, flags | OpenFlags.noLink(kernel().machine()));
            steps.add(step);
            from = step.open();
        }
        batch.call(SystemCall.CLOSE, top);
        steps.forEach(step -> batch.call(SystemCall.CLOSE, step.open()));
        Answer answer = call(batch, "look at", folder);
        if (!isMissing(answer.result(top))) {
            check(answer, top, "look at", folder);
        }
        int passed = 0;
        for (Step step : steps) {
            String name = names.get(passed);
            if (isMissing(answer.result(step.open()))) {
                return new Way(passed, Optional.empty());
            }
            check(answer, step.open(), "look at", name);
            // what is no link has no text
            if (!Errno.ENOENT.is(answer.result(step.read()))) {
                check(answer, step.read(), "read the link", name);
                return new Way(passed, Optional.of(answer.text(step.link())));
            }
            passed++;
        }
        return new Way(passed, Optional.empty());
    }

    /** A name that is opened below another one, and what it says if it is a link. */
    private record Step(Batch.Call open, Batch.Call read, Batch.Wanted link) {

        static Step add(Batch batch, Batch.Call from, String name, int flags) {
            Batch.Call open = batch.call(SystemCall.OPENAT, from, OpenFlags.path(batch, name), value(flags), value(0));
            Batch.Place into = batch.room(LARGEST_NAME);
            Batch.Call read = batch.call(SystemCall.READLINKAT, open, batch.text(""), into, value(LARGEST_NAME));
            return new Step(open, read, batch.want(into, LARGEST_NAME, read));
        }
    }

    /** As for {@link #exists}; a process without a descriptor knows nothing. */
    private static boolean isMissing(long result) {
        return result < 0 && !Errno.EMFILE.is(result) && !Errno.ENFILE.is(result);
    }

    @Override
    public void createLink(String path, String target) {
        Batch batch = new Batch();
        Batch.Call made = batch.call(
                SystemCall.SYMLINKAT, OpenFlags.path(batch, target), OpenFlags.HERE, OpenFlags.path(batch, path));
        check(call(batch, "create the link", path), made, "create the link", path);
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** Without a free descriptor, or without a way to the kernel, nothing is known of the file. */
    @Override
    public Optional<String> textIfThere(String path) {
        try {
            return Optional.of(text(path));
        } catch (HostException e) {
            boolean unreachable = e.getCause() instanceof KernelException reason && reason.isUnreachable();
            if (e.wantsDescriptors() || unreachable && !endWithKernel) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public Map<String, String> texts(List<String> paths) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int from = 0; from < paths.size(); from += FILES_AT_ONCE) {
            List<String> some = paths.subList(from, Math.min(paths.size(), from + FILES_AT_ONCE));
            Batch batch = new Batch();
            List<Reading> readings =
                    some.stream().map(path -> Reading.add(batch, path, FIRST)).toList();
            Answer answer = call(batch, "read", "files");
            for (int i = 0; i < some.size(); i++) {
                String path = some.get(i);
                Reading reading = readings.get(i);
                if (reading.isWhole(answer)) {
                    texts.put(path, answer.text(reading.told()));
                } else {
                    textIfThere(path).ifPresent(text -> texts.put(path, text));
                }
            }
        }
        return texts;
    }

    @Override
    public byte[] bytes(String path) {
        Batch batch = new Batch();
        Reading reading = Reading.add(batch, path, FIRST);
        Answer answer = call(batch, "read", path);
        check(answer, reading.read(), "read", path);
        return reading.isWhole(answer) ? answer.bytes(reading.told()) : large(path);
    }

    @Override
    public Optional<byte[]> part(String path, long offset, int length) {
        try {
            return Optional.of(piece(path, offset, length).bytes()).filter(part -> part.length == length);
        } catch (HostException notThere) {
            return Optional.empty();
        }
    }

    @Override
    public FilePiece piece(String path, long offset, int length) {
        Batch batch = new Batch();
        Batch.Place into = batch.room(length);
        Batch.Call open = open(batch, path, OpenFlags.READ);
        Batch.Call read = batch.all(SystemCall.PREAD64, open, into, value(length), value(offset));
        batch.call(SystemCall.CLOSE, open);
        Batch.Wanted told = batch.want(into, length, read);
        Look look = Look.at(batch, path, true);
        Answer answer = call(batch, "read", path);
        check(answer, read, "read", path);
        return new FilePiece(answer.bytes(told), look.status(answer).map(Look.FileStatus::identity));
    }

    @Override
    public List<String> list(String path) {
        int room = FIRST;
        while (true) {
            Batch batch = new Batch();
            Batch.Place into = batch.room(room);
            Batch.Call open = open(batch, path, OpenFlags.folder(kernel().machine()));
            Batch.Call read = batch.all(SystemCall.GETDENTS64, open, into, value(room));
            batch.call(SystemCall.CLOSE, open);
            Batch.Wanted told = batch.want(into, room, read);
            Answer answer = call(batch, "list", path);
            // a folder that was deleted since it was opened says so when it is read
            if (Errno.ENOENT.is(answer.result(open))
                    || Errno.ENOTDIR.is(answer.result(open))
                    || Errno.ENOENT.is(answer.result(read))) {
                return List.of();
            }
            check(answer, read, "list", path);
            // what did not fit any more is not told
            if (answer.result(read) < room - LARGEST_NAME || room == LARGEST_FOLDER) {
                return names(answer.buffer(told));
            }
            room = Math.min(LARGEST_FOLDER, 16 * room);
        }
    }

    @Override
    public void write(String path, byte[] content) {
        int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.noLink(kernel().machine());
        int from = 0;
        do {
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE));
            write(path, part, flags | (from == 0 ? OpenFlags.TRUNCATE : OpenFlags.APPEND));
            from += part.length;
        } while (from < content.length);
    }

    @Override
    public void append(String path, byte[] content) {
        Batch batch = new Batch();
        Batch.Call open = open(batch, path, OpenFlags.WRITE);
        Batch.Call written = batch.must(SystemCall.WRITE, open, batch.bytes(content), value(content.length));
        batch.call(SystemCall.CLOSE, open);
        Answer answer = call(batch, "write to", path);
        if (check(answer, written, "write to", path) != content.length) {
            throw new HostException("Only %d of %d bytes went into %s (PU1047)."
                    .formatted(answer.result(written), content.length, path));
        }
    }

    @Override
    public FifoWriter fifo(String path) {
        return new PatientFifo(path, PAUSE, message -> wasWritten(path, message));
    }

    @Override
    public void createFolder(String path) {
        Batch batch = new Batch();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            folder(batch, path.substring(0, slash));
        }
        Batch.Call last = folder(batch, path);
        Answer answer = call(batch, "create the folder", path);
        if (!Errno.EEXIST.is(answer.result(last)) || !isFolder(path)) {
            check(answer, last, "create the folder", path);
        }
    }

    @Override
    public void delete(String path) {
        boolean folder = look(path, false).filter(Look.FileStatus::isFolder).isPresent();
        if (folder) {
            list(path).forEach(name -> delete(path + "/" + name));
        }
        Batch batch = new Batch();
        Batch.Call removed = batch.call(
                SystemCall.UNLINKAT, OpenFlags.HERE, OpenFlags.path(batch, path), value(folder ? REMOVE_FOLDER : 0));
        Answer answer = call(batch, "delete", path);
        // somebody else may delete the same
        if (!Errno.ENOENT.is(answer.result(removed)) && !Errno.ENOTDIR.is(answer.result(removed))) {
            check(answer, removed, "delete", path);
        }
    }

    /** A file that is opened, read from its beginning, and closed. */
    private record Reading(Batch.Call read, Batch.Wanted told, int most) {

        static Reading add(Batch batch, String path, int most) {
            Batch.Place into = batch.room(most);
            // the files of one batch have nothing to do with each other
            Batch.Call open = batch.call(
                    SystemCall.OPENAT,
                    OpenFlags.HERE,
                    OpenFlags.path(batch, path),
                    value(OpenFlags.READ | OpenFlags.CLOSE_ON_EXEC),
                    value(0));
            Batch.Call read = batch.repeated(SystemCall.READ, open, into, value(most));
            batch.call(SystemCall.CLOSE, open);
            return new Reading(read, batch.want(into, most, read), most);
        }

        boolean isWhole(Answer answer) {
            long bytes = answer.result(read);
            return bytes >= 0 && bytes < most;
        }
    }

    private byte[] large(String path) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Batch first = new Batch();
        Batch.Call open = open(first, path, OpenFlags.READ);
        long descriptor = check(call(first, "read", path), open, "read", path);
        try {
            for (boolean more = true; more; ) {
                Batch batch = new Batch();
                Batch.Place into = batch.room(PIECE);
                Batch.Call read = batch.all(SystemCall.READ, value(descriptor), into, value(PIECE));
                Batch.Wanted told = batch.want(into, PIECE, read);
                Answer answer = call(batch, "read", path);
                check(answer, read, "read", path);
                whole.writeBytes(answer.bytes(told));
                more = answer.result(read) == PIECE;
            }
        } finally {
            Batch last = new Batch();
            last.call(SystemCall.CLOSE, value(descriptor));
            call(last, "close", path);
        }
        return whole.toByteArray();
    }

    private void write(String path, byte[] part, int flags) {
        Batch batch = new Batch();
        Batch.Call open = open(batch, path, flags);
        Batch.Call written = batch.all(SystemCall.WRITE, open, batch.bytes(part), value(part.length));
        batch.call(SystemCall.CLOSE, open);
        Answer answer = call(batch, "write", path);
        if (check(answer, written, "write", path) != part.length) {
            throw new HostException(
                    "Only %d of %d bytes went into %s (PU1047).".formatted(answer.result(written), part.length, path));
        }
    }

    /** Fails if no process has it open for reading. */
    private boolean wasWritten(String path, byte[] message) {
        Batch batch = new Batch();
        Batch.Call open = open(batch, path, OpenFlags.WRITE | OpenFlags.WITHOUT_WAITING);
        Batch.Call written = batch.must(SystemCall.WRITE, open, batch.bytes(message), value(message.length));
        batch.call(SystemCall.CLOSE, open);
        Answer answer = call(batch, "write to the FIFO", path);
        if (Errno.ENXIO.is(answer.result(open))) {
            return false;
        }
        if (check(answer, written, "write to the FIFO", path) != message.length) {
            throw new HostException("Only %d of %d bytes went into the FIFO %s (PU0514)."
                    .formatted(answer.result(written), message.length, path));
        }
        return true;
    }

    private static Batch.Call open(Batch batch, String path, int flags) {
        return batch.must(
                SystemCall.OPENAT,
                OpenFlags.HERE,
                OpenFlags.path(batch, path),
                value(flags | OpenFlags.CLOSE_ON_EXEC),
                value(OWNER_FILE));
    }

    private static Batch.Call folder(Batch batch, String path) {
        return batch.call(SystemCall.MKDIRAT, OpenFlags.HERE, OpenFlags.path(batch, path), value(OWNER_FOLDER));
    }

    /** Records of {@code struct linux_dirent64}; getdents(2). */
    private static List<String> names(ByteBuffer entries) {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < entries.limit(); at += entries.getShort(at + 16) & 0xffff) {
            int end = at + 19;
            while (entries.get(end) != 0) {
                end++;
            }
            String name = new String(entries.array(), at + 19, end - at - 19, StandardCharsets.UTF_8);
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        names.sort(null);
        return names;
    }

    private Optional<Look.FileStatus> look(String path, boolean follow) {
        Batch batch = new Batch();
        Look look = Look.at(batch, path, follow);
        return look.status(call(batch, "look at", path));
    }

    private Kernel kernel() {
        return kernels.get();
    }

    private Answer call(Batch batch, String what, String path) {
        try {
            return kernel().call(batch);
        } catch (KernelException e) {
            throw new HostException("Could not %s %s: %s".formatted(what, path, e.getMessage()), e);
        }
    }

    private static long check(Answer answer, Batch.Call call, String what, String path) {
        try {
            return answer.get(call);
        } catch (KernelException e) {
            throw new HostException(
                    "Could not %s %s: %s"
                            .formatted(
                                    what, path, e.is(Errno.ENOENT) ? "there is no such file (PU0517)" : e.getMessage()),
                    e);
        }
    }
}
