package io.probeunit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
 */
public record Firing(
        String probe, String container, long nanos, int pid, int tid, String command, Map<String, Object> captures) {

    /** Keeps a copy of the map. */
    public Firing {
        captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
    }
}
