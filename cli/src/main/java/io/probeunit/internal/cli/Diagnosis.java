package io.probeunit.internal.cli;

import io.probeunit.internal.engine.PreflightResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which engines work on which hosts, as {@code doctor} finds out.
 *
 * @param facts versions by what they are of, in order
 * @param troubles what keeps every engine from working, each with its cure
 * @param hosts those that were asked for, the one first that {@code AUTO} prefers
 * @param auto what {@code AUTO} takes; empty if that was not asked for, or nothing works
 */
public record Diagnosis(
        Map<String, String> facts, List<PreflightResult.Lack> troubles, List<OnHost> hosts, Optional<Taken> auto) {

    /** Takes copies of the lists. */
    public Diagnosis {
        troubles = List.copyOf(troubles);
        hosts = List.copyOf(hosts);
    }

    /**
     * One host.
     *
     * @param host its name, as settings write it
     * @param troubles what keeps every engine there from working, each with its cure
     * @param notes sentences on what was not looked at
     * @param engines the preferred first
     */
    record OnHost(String host, List<PreflightResult.Lack> troubles, List<String> notes, List<OfEngine> engines) {
        OnHost {
            troubles = List.copyOf(troubles);
            notes = List.copyOf(notes);
            engines = List.copyOf(engines);
        }

        boolean works() {
            return troubles.isEmpty() && engines.stream().anyMatch(OfEngine::works);
        }
    }

    /**
     * One engine on a host.
     *
     * @param engine its name, as settings write it
     * @param result of its preflight; empty if it was not tried
     * @param untried why it was not, in a sentence without a full stop; empty if it was
     */
    record OfEngine(String engine, Optional<PreflightResult> result, Optional<String> untried) {

        boolean works() {
            return result.filter(PreflightResult.Passed.class::isInstance).isPresent();
        }

        /** Version and variant; empty if it does not work. */
        Optional<String> how() {
            return result.filter(PreflightResult.Passed.class::isInstance)
                    .map(passed -> ((PreflightResult.Passed) passed).how());
        }

        /** What it lacks; none if it works, or was not tried. */
        List<PreflightResult.Lack> lacks() {
            return result.filter(PreflightResult.Failed.class::isInstance)
                    .map(failed -> ((PreflightResult.Failed) failed).lacks())
                    .orElse(List.of());
        }
    }

    /**
     * An engine on a host.
     *
     * @param engine its name, as settings write it
     * @param host its name, as settings write it
     */
    record Taken(String engine, String host) {}

    /** Whether at least one engine works on one host. */
    public boolean works() {
        return troubles.isEmpty() && hosts.stream().anyMatch(OnHost::works);
    }
}
