package io.probeunit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One firing of a probe point in a task of a target.
 *
 * @param probe the function's name, {@code NAME.return}, or {@code provider:name}
 * @param container the target's name
 * @param nanos nanoseconds since the window opened, on the kernel's monotonic clock
 * @param pid process id (thread group) in the PID namespace of the host
 * @param tid thread id in the PID namespace of the host
 * @param command the task's name at that moment, at most 15 bytes
 * @param captures the captured values by name, in the order of the annotations: integers as {@code Long}, strings as
 *     {@code String}; a string that was cut ends with {@code …}, and a value that could not be read is {@code
 *     <unreadable>}
 * @param stack the user stack, the innermost frame first: the function itself, or, on a return, its caller; empty if it
 *     was not captured
 * @param stackCut why the stack has no more frames, without a full stop; empty if the stack ends with the first
 *     function of the thread, or if no stack was captured
 */
public record Firing(
        String probe,
        String container,
        long nanos,
        int pid,
        int tid,
        String command,
        Map<String, Object> captures,
        List<Frame> stack,
        Optional<String> stackCut) {

    /** Keeps copies. */
    public Firing {
        captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
        stack = List.copyOf(stack);
    }

    /**
     * A firing without a stack.
     *
     * @param probe the function's name, {@code NAME.return}, or {@code provider:name}
     * @param container the target's name
     * @param nanos nanoseconds since the window opened
     * @param pid process id
     * @param tid thread id
     * @param command the task's name
     * @param captures the captured values by name
     */
    public Firing(
            String probe,
            String container,
            long nanos,
            int pid,
            int tid,
            String command,
            Map<String, Object> captures) {
        this(probe, container, nanos, pid, tid, command, captures, List.of(), Optional.empty());
    }
}
