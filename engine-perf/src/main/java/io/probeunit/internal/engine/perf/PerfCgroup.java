package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.Target;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The control group by which perf selects a target's tasks: in the hierarchy of the controller {@code perf_event} where
 * that is one of cgroup v1, else in cgroup v2, as perf itself chooses. It takes the groups below it as well.
 */
final class PerfCgroup {

    private static final Pattern OF_VERSION_1 = Pattern.compile("(?m)^\\d+:(?:[^:]*,)?perf_event(?:,[^:]*)?:/(.*)$");

    private PerfCgroup() {}

    /** The path within the hierarchy, without a slash in front. */
    static String of(Host host, Target target) {
        String path = host.files()
                .textIfThere("/proc/%d/cgroup".formatted(target.pid()))
                .map(OF_VERSION_1::matcher)
                .filter(Matcher::find)
                .map(m -> ofContainer(m.group(1), target.containerId()))
                .orElseGet(() -> target.cgroup().path().substring(1));
        if (path.isEmpty() || path.contains(",")) {
            throw new EngineException("perf cannot select the tasks of target %s by its cgroup '%s' (PU1112)."
                    .formatted(target.name(), path));
        }
        return path;
    }

    /** The container's own group, not one that its first process made below. */
    private static String ofContainer(String path, String containerId) {
        int id = path.indexOf(containerId);
        int end = id < 0 ? -1 : path.indexOf('/', id);
        return id < 0 ? "" : end < 0 ? path : path.substring(0, end);
    }
}
