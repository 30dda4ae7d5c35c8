package io.probeunit.internal.plain;

import io.probeunit.Probes;
import io.probeunit.internal.configuration.Configuration;
import io.probeunit.internal.configuration.KnownSettings;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SettingsReader;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.TargetChoice;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.CaptureList;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.NearestNames;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link Probes} ask for, understood.
 *
 * @param plan the points
 * @param settings how they are probed
 * @param targets the containers
 * @param meant for each point its container
 */
record PlainRequest(
        ProbePlan plan, Settings settings, List<DeclaredTarget> targets, Map<ProbeRequest, DeclaredTarget> meant) {

    /**
     * Reads probes.
     *
     * @throws PlanException if there is no point, or something is not understood
     */
    static PlainRequest of(Probes probes) {
        if (probes.points().isEmpty()) {
            throw new PlanException(
                    "These Probes name no point, so nothing would be recorded (PU1504). Add function(\"…\") or mark(\"…\").");
        }
        probes.settings().keySet().forEach(PlainRequest::refuseUnknown);
        Configuration own = key -> Optional.ofNullable(probes.settings().get(key));
        Settings settings = new SettingsReader(
                        Configuration.of(own, key -> Optional.ofNullable(System.getProperty(key))))
                .read(List.of());
        List<DeclaredTarget> targets =
                probes.containers().stream().map(PlainRequest::target).toList();
        TargetChoice choice = new TargetChoice(targets, List.of());
        Map<ProbeRequest, DeclaredTarget> meant = new LinkedHashMap<>();
        probes.points().stream().map(PlainRequest::request).forEach(r -> meant.put(r, choice.of(r)));
        return new PlainRequest(new ProbePlan(List.copyOf(meant.keySet()), List.of()), settings, targets, meant);
    }

    private static void refuseUnknown(String key) {
        List<String> known = KnownSettings.ofProbes();
        if (!known.contains(key)) {
            throw new PlanException("Probes cannot set \"%s\" (PU1505).%s They can set %s."
                    .formatted(
                            key,
                            NearestNames.to(key, known, 1).stream()
                                    .map(" Did you mean %s?"::formatted)
                                    .collect(Collectors.joining()),
                            String.join(", ", known)));
        }
    }

    private static DeclaredTarget target(Probes.Target target) {
        return new DeclaredTarget(
                target.name(),
                BinarySelector.parse(target.binary()),
                target.name(),
                "container \"%s\" of Probes".formatted(target.name()),
                false,
                () -> Optional.of(target.container()));
    }

    private static ProbeRequest request(Probes.Point point) {
        try {
            CaptureList captures = new CaptureList(point.capture());
            Filter counted = new Filter(captures.where(point.counted()));
            return new ProbeRequest(spec(point), captures.all(), counted, point.toString());
        } catch (PlanException e) {
            throw new PlanException(point + ": " + e.getMessage(), e);
        }
    }

    private static PointSpec spec(Probes.Point point) {
        BinarySelector binary = BinarySelector.parse(point.binary());
        Optional<String> container = Optional.of(point.container()).filter(name -> !name.isEmpty());
        return point.kind() == Probes.Point.Kind.MARK
                ? MarkSpec.parse(point.name(), binary, container)
                : new FunctionSpec(
                        new NamePattern(point.name()), point.kind() == Probes.Point.Kind.RETURN, binary, container);
    }
}
