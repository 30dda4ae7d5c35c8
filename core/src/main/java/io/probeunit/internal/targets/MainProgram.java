package io.probeunit.internal.targets;

import io.probeunit.internal.plan.Doubt;
import java.util.Optional;

/**
 * Tells whether the first process of a container still executes the file in which probes were armed.
 *
 * <p>The entrypoint of an image is often a script, whose shell becomes the program itself by execve(2): the same process,
 * another file, in which there are no probes. Thread-safe.
 */
public final class MainProgram {

    private final TargetResolver resolver;
    private final Target target;
    private final TargetFile armed;

    /**
     * Begins to watch.
     *
     * @param resolver of the host that the target was resolved on
     * @param target as it was resolved
     * @param armed the executable of its first process, as it was when the points were looked up
     */
    public MainProgram(TargetResolver resolver, Target target, TargetFile armed) {
        this.resolver = resolver;
        this.target = target;
        this.armed = armed;
    }

    /**
     * The doubt about counts. A process that has ended makes none.
     *
     * @return empty while the same file is executed; else what is executed now
     */
    public Optional<Doubt> doubt() {
        return resolver.program(target)
                .filter(program -> !program.isSameFile(armed.identity()) && resolver.isSame(target))
                .map(program -> Doubt.missed(
                        "the main process of container %s no longer runs %s, where the probes are, but another program: a script has probably started it by exec; calls of the new program are not counted. Let the test begin when the program runs (wait strategy), or name the binary"
                                .formatted(target.name(), armed.path())));
    }
}
