package io.probeunit.internal.cli;

import io.probeunit.ProbeException;
import io.probeunit.internal.docker.Daemon;
import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.engine.Engines;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostKind;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the preflights that tests ask, on each host. */
final class Doctor {

    private final Daemon daemon;
    private final Engines known;

    /**
     * Prepares to ask.
     *
     * @param known all engines that there are
     */
    Doctor(Daemon daemon, Engines known) {
        this.daemon = daemon;
        this.known = known;
    }

    /**
     * Asks.
     *
     * @param hosts the one first that {@code AUTO} prefers
     * @param engine which engine, or any
     * @param any whether any host will do, so that there is a choice
     */
    Diagnosis examine(List<ProbingHosts> hosts, EngineChoice engine, boolean any) {
        Map<String, String> facts = new LinkedHashMap<>(Versions.here());
        List<PreflightResult.Lack> troubles = new ArrayList<>();
        try {
            Daemon.Version version = daemon.version();
            facts.put("Docker", "%s (API %s)".formatted(version.version(), version.api()));
            facts.put("Machine of Docker", "%s %s".formatted(version.kernel(), version.machine()));
        } catch (DockerAccessException e) {
            troubles.add(new PreflightResult.Lack(
                    String.valueOf(e.getMessage()),
                    "Run the daemon, or let DOCKER_HOST name it; this user must have the right to use it."));
        }
        // a sidecar that runs is a container by which the other hosts can be tried
        Map<ProbingHosts, List<Diagnosis.OfEngine>> engines = new LinkedHashMap<>();
        if (troubles.isEmpty()) {
            hosts.forEach(host ->
                    engines.put(host, host.common().map(e -> tried(e, engine)).orElse(List.of())));
        }
        Optional<Daemon.Listed> witness = troubles.isEmpty() ? anyRunning() : Optional.empty();
        List<Diagnosis.OnHost> found = new ArrayList<>();
        engines.forEach((host, its) -> found.add(onHost(host, its, engine, witness)));
        if (any && troubles.isEmpty()) {
            found.add(inTheContainer());
        }
        Optional<Diagnosis.Taken> auto = any && engine.isAuto() ? auto(hosts, found) : Optional.empty();
        return new Diagnosis(facts, troubles, found, auto);
    }

    private Optional<Daemon.Listed> anyRunning() {
        return daemon.containers().stream().filter(Daemon.Listed::isRunning).findFirst();
    }

    private static List<Diagnosis.OfEngine> tried(HostEngines host, EngineChoice choice) {
        return host.engines(choice).stream()
                .map(engine -> new Diagnosis.OfEngine(
                        setting(engine.name()), Optional.of(host.preflight(engine)), Optional.empty()))
                .toList();
    }

    private Diagnosis.OnHost onHost(
            ProbingHosts host, List<Diagnosis.OfEngine> tried, EngineChoice choice, Optional<Daemon.Listed> witness) {
        String name = setting(host.hostName());
        if (host.common().isEmpty()) {
            return inTheContainer();
        }
        List<Diagnosis.OfEngine> engines =
                Stream.concat(tried.stream(), untried(name, tried, choice)).toList();
        return witness.map(container -> outOfReach(host.common().get(), container)
                        .map(trouble -> new Diagnosis.OnHost(name, List.of(trouble), List.of(), engines))
                        .orElseGet(() -> new Diagnosis.OnHost(name, List.of(), List.of(), engines)))
                .orElseGet(() -> new Diagnosis.OnHost(
                        name,
                        List.of(),
                        List.of("No container runs, so whether containers are visible from here was not tried."),
                        engines));
    }

    /** As a test looks its containers up. */
    private Optional<PreflightResult.Lack> outOfReach(HostEngines host, Daemon.Listed container) {
        try {
            host.containers()
                    .target(container.name(), daemon.container(container.id()), new BinarySelector.TargetDefault());
            return Optional.empty();
        } catch (ContainerOutOfReachException e) {
            return Optional.of(new PreflightResult.Lack(
                    String.valueOf(e.getMessage()), "Use host SIDECAR, which host AUTO tries by itself."));
        } catch (ProbeException | HostException ofThatContainer) {
            return Optional.empty();
        }
    }

    private Stream<Diagnosis.OfEngine> untried(String host, List<Diagnosis.OfEngine> tried, EngineChoice choice) {
        return known.providers().stream()
                .filter(provider -> choice.allows(provider.name()))
                .filter(provider -> tried.stream().noneMatch(e -> e.engine().equals(setting(provider.name()))))
                .map(provider -> new Diagnosis.OfEngine(
                        setting(provider.name()), Optional.empty(), Optional.of(whyUntried(provider, host))));
    }

    private static String whyUntried(EngineProvider provider, String host) {
        return provider.reasonAgainst(HostKind.valueOf(host))
                .orElseGet(() ->
                        "its tools need an image of their own, which is built, in minutes, only if this engine is asked for: probeunit doctor --host %s --engine %s"
                                .formatted(host, setting(provider.name())));
    }

    /** Another container, another host. */
    private static Diagnosis.OnHost inTheContainer() {
        return new Diagnosis.OnHost(
                HostKind.CONTAINER.name(),
                List.of(),
                List.of(
                        "It is used only if it is asked for, and whether it works depends on the container of the test: docs/where-to-run.md."),
                List.of());
    }

    private static Optional<Diagnosis.Taken> auto(List<ProbingHosts> hosts, List<Diagnosis.OnHost> found) {
        return hosts.stream()
                .filter(host ->
                        found.stream().anyMatch(one -> one.host().equals(setting(host.hostName())) && one.works()))
                .flatMap(host -> host.common().stream()
                        .flatMap(engines ->
                                chosen(engines)
                                        .map(engine -> new Diagnosis.Taken(engine, setting(host.hostName())))
                                        .stream()))
                .findFirst();
    }

    private static Optional<String> chosen(HostEngines host) {
        return EngineSelection.of(host.engines(EngineChoice.AUTO), host::preflight, Map.of(), List.of(), Demand.UNKNOWN)
                        instanceof EngineSelection.Chosen chosen
                ? Optional.of(setting(chosen.engine().name()))
                : Optional.empty();
    }

    private static String setting(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
