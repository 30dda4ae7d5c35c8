package io.probeunit.internal.sampling;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.FunctionRanges;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.perf.CpuProfile;
import io.probeunit.internal.engine.perf.CpuSampler;
import io.probeunit.internal.engine.perf.CpuSampling;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.hosts.Containers;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Samples containers of Testcontainers with perf. Thread-safe. */
public final class ContainerSampling implements Sampling {

    private final Host host;
    private final CpuSampler sampler;
    private final Containers containers;
    private final PointResolver resolver;
    private Optional<PreflightResult> preflight = Optional.empty();

    public ContainerSampling(Host host, CpuSampler sampler, Containers containers) {
        this.host = host;
        this.sampler = sampler;
        this.containers = containers;
        this.resolver = new PointResolver(host);
    }

    @Override
    public String hostName() {
        return host.name();
    }

    @Override
    public Running start(DeclaredTarget declared, List<SampledExpectation> expectations) {
        refuseUnavailable();
        Target target =
                containers.target(declared.name(), declared.container(containers::isContainer), declared.binary());
        Map<SampledExpectation, List<ProbePoint.Function>> meant = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (SampledExpectation expectation : expectations) {
            try {
                meant.put(expectation, functions(target, expectation));
            } catch (ProbeException e) {
                String message = String.valueOf(e.getMessage());
                problems.add(
                        message.startsWith(expectation.declaration())
                                ? message
                                : expectation.declaration() + ": " + message);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProbeException(String.join("\n", problems));
        }
        return new Sampled(target, meant, sampler.start(host, target));
    }

    private List<ProbePoint.Function> functions(Target target, SampledExpectation expectation) {
        return resolver.resolve(target, expectation.request()).points().stream()
                .map(ProbePoint.Function.class::cast)
                .toList();
    }

    private void refuseUnavailable() {
        if (preflight() instanceof PreflightResult.Failed failed) {
            throw new UnavailableException(failed.lacks().stream()
                    .map(lack -> "    - %s\n      %s".formatted(lack.what(), lack.cure()))
                    .collect(Collectors.joining(
                            "\n",
                            "@ExpectSampled needs perf on the host '%s', whatever the engine (PU1012):\n"
                                    .formatted(host.name()),
                            "")));
        }
    }

    private synchronized PreflightResult preflight() {
        PreflightResult known = preflight.orElseGet(() -> HostEngines.preflight(host, () -> sampler.preflight(host)));
        preflight = Optional.of(known).filter(PreflightResult::lasts);
        return known;
    }

    private final class Sampled implements Running {
        private final Target target;
        private final Map<SampledExpectation, List<ProbePoint.Function>> meant;
        private final CpuSampling sampling;

        Sampled(Target target, Map<SampledExpectation, List<ProbePoint.Function>> meant, CpuSampling sampling) {
            this.target = target;
            this.meant = meant;
            this.sampling = sampling;
        }

        @Override
        public Samples end() {
            try (sampling) {
                CpuProfile profile = sampling.read();
                if (!containers.isSame(target)) {
                    return Samples.unknown("the container ended, or was started again, while it was sampled");
                }
                return profile.incomplete()
                        ? Samples.unknown("perf could not keep up and lost samples")
                        : samples(profile);
            } catch (EngineException e) {
                return Samples.unknown("the samples could not be read (PU0906): " + e.getMessage());
            }
        }

        private Samples samples(CpuProfile profile) {
            SampledCode code = new SampledCode(target, resolver, new TargetFiles(host));
            Map<SampledExpectation, Long> found = new LinkedHashMap<>();
            meant.forEach((expectation, functions) -> found.put(expectation, found(profile, functions)));
            return new Samples(profile.total(), found, code.top(profile), Optional.empty());
        }

        /** A glob is all that it matches, each sample once. */
        private long found(CpuProfile profile, List<ProbePoint.Function> functions) {
            ProbePoint.Function any = functions.get(0);
            FunctionRanges ranges = FunctionRanges.of(resolver.read(target, any.file()));
            List<Long> begins = functions.stream()
                    .flatMap(f -> f.symbols().stream())
                    .map(FunctionSymbol::fileOffset)
                    .toList();
            return profile.samples().entrySet().stream()
                    .filter(e -> SampledCode.isOf(e.getKey(), any.file()))
                    .filter(e -> ranges.at(e.getKey().offset())
                            .filter(f -> begins.contains(f.fileOffset()))
                            .isPresent())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        @Override
        public void close() {
            sampling.close();
        }
    }
}
