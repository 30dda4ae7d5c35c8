package io.probeunit.junit;

import io.probeunit.ProbeException;
import io.probeunit.target.ContainerElsewhereException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The hosts that a test may be probed from, the one that needs least first. The next one is taken only where the one before
 * cannot be, so that nothing privileged is started that is not needed.
 *
 * @param hosts at least one
 */
record HostChoice(List<Station> hosts) {

    HostChoice {
        hosts = List.copyOf(hosts);
    }

    /**
     * Arms a test from the first host that can be.
     *
     * @param arm arms it from one
     * @throws UnavailableException if none can be used; with the reasons of each
     * @throws NotArmedException if one can be used, and its engines could not arm the probes; with the reasons of each
     */
    ArmedTest first(Function<Station, ArmedTest> arm) {
        List<String> passedOver = new ArrayList<>();
        Optional<ProbeException> last = Optional.empty();
        boolean notArmed = false;
        for (Station station : hosts) {
            try {
                ArmedTest armed = arm.apply(station);
                armed.passedOverHosts(passedOver);
                return armed;
            } catch (UnavailableException | ContainerElsewhereException | NotArmedException e) {
                passedOver.add("Host %s: %s".formatted(station.hostName(), e.getMessage()));
                last = Optional.of(e);
                notArmed |= e instanceof NotArmedException;
            }
        }
        if (hosts.size() == 1) {
            throw last.orElseThrow();
        }
        String message = "No host can be used (host AUTO):\n" + String.join("\n", passedOver);
        throw notArmed ? new NotArmedException(message) : new UnavailableException(message);
    }
}
