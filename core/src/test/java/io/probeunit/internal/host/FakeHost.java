package io.probeunit.internal.host;

import io.probeunit.internal.kernel.Kernel;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A fixture: a machine with files in memory, on which programs print what a test says, and end. */
public final class FakeHost implements Host {

    private final FakeFiles files = new FakeFiles();
    private final Map<String, HostProcess> programs = new HashMap<>();
    private final Map<String, Consumer<Command>> effects = new HashMap<>();
    private final List<String> started = new CopyOnWriteArrayList<>();
    private String ownFolder = OURS;
    private Optional<String> helper = Optional.empty();
    private Optional<Kernel> calls = Optional.empty();
    private KernelIdentity kernel = new KernelIdentity("6.1.0-test", "x86_64", "boot");

    /** Says what a program prints; there are no others. */
    public FakeHost program(String name, int status, String output, String errors) {
        programs.put(name, new FakeProcess(status, output, errors));
        return this;
    }

    /** Says which process a program becomes. */
    public FakeHost program(String name, HostProcess process) {
        programs.put(name, process);
        return this;
    }

    /** Says what a program does when it is started; it prints nothing. */
    public FakeHost program(String name, Consumer<Command> effect) {
        effects.put(name, effect);
        return program(name, 0, "", "");
    }

    public FakeHost release(String release) {
        kernel = new KernelIdentity(release, kernel.machine(), kernel.bootId());
        return this;
    }

    /** Says what {@code uname -m} prints. */
    public FakeHost machine(String machine) {
        kernel = new KernelIdentity(kernel.release(), machine, kernel.bootId());
        return this;
    }

    /** Gives it a kernel, without which no calls can be made. */
    public FakeHost calls(Kernel way) {
        calls = Optional.of(way);
        return this;
    }

    @Override
    public Kernel calls() {
        return calls.orElseThrow(() -> new HostException("this machine has no kernel"));
    }

    /** Says what was started to have this machine. */
    public FakeHost helper(String what) {
        helper = Optional.of(what);
        return this;
    }

    @Override
    public Optional<String> helper() {
        return helper;
    }

    /** Says where its tools have their folders. */
    public FakeHost ownFolder(String folder) {
        ownFolder = folder;
        return this;
    }

    @Override
    public String ownFolder() {
        return ownFolder;
    }

    @Override
    public boolean mayHaveProbed(String path) {
        return ownFolder.equals(OURS) ? Host.super.mayHaveProbed(path) : path.startsWith(ownFolder + "/");
    }

    /** The commands started so far. */
    public List<String> started() {
        return started;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public FakeFiles files() {
        return files;
    }

    @Override
    public HostProcess start(Command command) {
        started.add(command.toString());
        HostProcess process = programs.get(command.words().get(0));
        if (process == null) {
            throw new NoSuchProgramException("Could not start '%s' (PU1123): no such program".formatted(command));
        }
        effects.getOrDefault(command.words().get(0), c -> {}).accept(command);
        return process;
    }

    @Override
    public KernelIdentity kernel() {
        return kernel;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Has ended already. */
    private record FakeProcess(int status, String out, String err) implements HostProcess {
        @Override
        public long pid() {
            return 1;
        }

        @Override
        public OutputStream input() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream output() {
            return new ByteArrayInputStream(out.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public InputStream errors() {
            return new ByteArrayInputStream(err.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void send(Signal signal) {
            // it has ended
        }

        @Override
        public OptionalInt await(Duration timeout) {
            return OptionalInt.of(status);
        }

        @Override
        public boolean isAlive() {
            return false;
        }
    }
}
