package io.probeunit.internal.hosts;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The possible hosts, the one with the fewest needs first. The next one is taken only if the one before cannot be used,
 * so that nothing privileged is started without need.
 *
 * @param hosts at least one
 * @param <H> what there is to work with on each
 */
public record HostChoice<H extends HostChoice.OnHost>(List<H> hosts) {

    public HostChoice {
        hosts = List.copyOf(hosts);
    }

    /** What works on one host. */
    public interface OnHost {

        /** What the host is called in messages. */
        String hostName();
    }

    /**
     * What came of a choice.
     *
     * @param result that of the host which was taken
     * @param host its name
     * @param passedOver why hosts that need less could not be taken, a line each
     * @param <R> the kind of result
     */
    public record Taken<R>(R result, String host, List<String> passedOver) {
        public Taken {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * Works from the first host that can be used.
     *
     * @param work is done from one
     * @throws UnavailableException if none can be used; with the reasons of each
     * @throws NotArmedException if one can be used, and its engines could not arm the probes; with the reasons of each
     */
    public <R> Taken<R> first(Function<H, R> work) {
        List<String> passedOver = new ArrayList<>();
        Map<String, String> firstWith = new HashMap<>();
        Optional<ProbeException> last = Optional.empty();
        boolean notArmed = false;
        for (H candidate : hosts) {
            try {
                return new Taken<>(work.apply(candidate), candidate.hostName(), passedOver);
            } catch (UnavailableException | ContainerOutOfReachException | NotArmedException e) {
                String reason = String.valueOf(e.getMessage());
                String first = firstWith.computeIfAbsent(reason, key -> candidate.hostName());
                passedOver.add("Host %s: %s"
                        .formatted(
                                candidate.hostName(),
                                first.equals(candidate.hostName()) ? reason : "as host " + first));
                last = Optional.of(e);
                notArmed |= e instanceof NotArmedException;
            }
        }
        if (hosts.size() == 1) {
            throw withAdvice(last.orElseThrow());
        }
        String message = "No host can be used (host AUTO):\n" + String.join("\n", passedOver);
        throw notArmed ? new NotArmedException(message) : new UnavailableException(message);
    }

    /** What the JVM may not do, a sidecar may; the job of a CI service in a container is such a case. */
    private ProbeException withAdvice(ProbeException reason) {
        return reason instanceof UnavailableException && hosts.get(0).hostName().equals(LocalHost.NAME)
                ? new UnavailableException(
                        reason.getMessage()
                                + "\nOr set the host to SIDECAR (@ProbeSettings or probeunit.host): it needs a Docker daemon that starts privileged containers, and no rights of this JVM.")
                : reason;
    }
}
