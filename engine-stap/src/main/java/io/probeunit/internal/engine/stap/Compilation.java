package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles a session's script, and makes sure that SystemTap chose the right places.
 *
 * <p>Functions are named by their symbols. Where SystemTap takes these for more, or for others (it reads debug
 * information, in which a clone has the name of its function), they are named by their addresses, which it understands
 * there alone; and where that does not help, it is shown a stand-in.
 */
final class Compilation {

    private final Host host;
    private final Compiler compiler;
    private final SessionFolder folder;
    private final List<ProbePoint> points;
    private final Judging judging;
    private final Function<PlaceNames, String> script;

    Compilation(
            Host host,
            Compiler compiler,
            SessionFolder folder,
            List<ProbePoint> points,
            Judging judging,
            Function<PlaceNames, String> script) {
        this.host = host;
        this.compiler = compiler;
        this.folder = folder;
        this.points = points;
        this.judging = judging;
        this.script = script;
    }

    /**
     * Compiles.
     *
     * @param names to begin with
     * @return those that led to the right places
     * @throws EngineException if none did
     */
    PlaceNames run(PlaceNames names) throws InterruptedException {
        Optional<PlaceNames> plain = bySymbolsOrAddresses(names);
        if (plain.isPresent()) {
            return plain.get();
        }
        PlaceNames standIns =
                names.withStandIns(points.stream().map(p -> p.file().hostPath()).toList(), folder);
        Optional<CompiledProbes.Difference> difference = attempt(standIns);
        if (difference.isPresent()) {
            throw new EngineException(difference.get().message());
        }
        return standIns;
    }

    private Optional<PlaceNames> bySymbolsOrAddresses(PlaceNames names) throws InterruptedException {
        try {
            Optional<CompiledProbes.Difference> difference = attempt(names);
            if (difference.isEmpty()) {
                return Optional.of(names);
            }
            PlaceNames addresses = names.withAddresses(difference.get().files());
            return attempt(addresses).isEmpty() ? Optional.of(addresses) : Optional.empty();
        } catch (EngineException notFoundBySystemTap) {
            return Optional.empty();
        }
    }

    private Optional<CompiledProbes.Difference> attempt(PlaceNames names) throws InterruptedException {
        folder.write(host, "script.stp", script.apply(names));
        names.create(host.files(), points);
        host.files().delete(folder.object());
        compiler.compile(folder);
        try {
            byte[] object = host.files().bytes(folder.object());
            Optional<CompiledProbes.Difference> difference = CompiledProbes.compare(object, points, names);
            if (difference.isEmpty() && !judging.isEmpty() && !CompiledProbes.keepContext(object)) {
                throw new EngineException(Judging.NOT_SERVED);
            }
            return difference;
        } catch (EngineException | HostException e) {
            throw e;
        } catch (RuntimeException damaged) {
            throw new EngineException(
                    "What SystemTap compiled for %s cannot be read (%s), so it is not known where its probes would be (PU1106). Is the disk full, or did something end the compiler? Run the test again."
                            .formatted(
                                    points.stream()
                                            .map(point -> point.file().path())
                                            .distinct()
                                            .collect(Collectors.joining(", ")),
                                    damaged),
                    damaged);
        }
    }
}
