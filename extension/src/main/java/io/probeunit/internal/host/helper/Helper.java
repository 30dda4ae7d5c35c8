package io.probeunit.internal.host.helper;

import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.KernelFiles;
import io.probeunit.internal.host.NoSuchProgramException;
import io.probeunit.internal.kernel.Errno;
import io.probeunit.internal.kernel.HelperKernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A running helper, with the files and programs of the place where it runs. Thread-safe. */
public final class Helper implements AutoCloseable {

    private static final String PATH = "PATH";
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final HelperKernel kernel;
    private final Runnable closing;
    private final HostFiles files;

    /**
     * Takes a helper over.
     *
     * @param kernel makes its calls
     * @param closing ends what the helper runs on, when it is asked no more
     */
    public Helper(HelperKernel kernel, Runnable closing) {
        this(kernel, closing, false);
    }

    /**
     * Takes a helper over.
     *
     * @param kernel makes its calls
     * @param closing ends what the helper runs on, when it is asked no more
     * @param inTarget whether it runs in the container that is probed: then it ends with that, and so do the processes there
     */
    public Helper(HelperKernel kernel, Runnable closing, boolean inTarget) {
        this.kernel = kernel;
        this.closing = closing;
        this.files = new KernelFiles(() -> kernel, inTarget);
    }

    /**
     * The way to its kernel.
     *
     * @return refuses once the helper has ended
     */
    public HelperKernel kernel() {
        return kernel;
    }

    /**
     * The files that it sees.
     *
     * @return never closed
     */
    public HostFiles files() {
        return files;
    }

    /**
     * Starts a program, which ends when the helper does.
     *
     * @param command what
     * @return the running process
     * @throws NoSuchProgramException if there is no such program
     * @throws HostException if it cannot be started
     */
    public HostProcess start(Command command) {
        HelperProcess process = new HelperProcess(kernel);
        Map<String, String> variables = variables(command);
        try {
            process.runs(kernel.start(
                    new Program(
                            command.folder(),
                            candidates(command.words().get(0), variables.getOrDefault(PATH, USUAL_PATH)),
                            command.words(),
                            variables.entrySet().stream()
                                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                                    .toList()),
                    process));
        } catch (KernelException e) {
            throw e.is(Errno.ENOENT)
                    ? new NoSuchProgramException(
                            "Could not start '%s' (PU1123): there is no such program".formatted(command), e)
                    : new HostException("Could not start '%s' (PU1123): %s".formatted(command, e.getMessage()), e);
        }
        return process;
    }

    /** Ends it and its programs in order: a tool may have probes to remove. */
    @Override
    public void close() {
        kernel.close();
        closing.run();
    }

    private Map<String, String> variables(Command command) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : files.text("/proc/self/environ").split("\0")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        variables.putIfAbsent(PATH, USUAL_PATH);
        variables.putAll(command.environment());
        return variables;
    }

    private static List<String> candidates(String program, String path) {
        return program.contains("/")
                ? List.of(program)
                : Stream.of(path.split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> folder + "/" + program)
                        .toList();
    }
}
