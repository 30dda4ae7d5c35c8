package io.probeunit.internal.junit.hosts;

import io.probeunit.internal.engine.PointResolver;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Points in the binaries of real containers. */
public final class ResolvedPoints implements Points {

    private final PointResolver resolver;

    public ResolvedPoints(PointResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public Resolved find(Target target, ProbeRequest request) {
        return resolver.resolve(target, request);
    }

    @Override
    public Resolved cover(Target target, ProbeRequest request) {
        return resolver.cover(target, request);
    }

    @Override
    public String build(Target target, TargetFile file) {
        return resolver.buildId(target, file).orElseGet(() -> Points.super.build(target, file));
    }

    @Override
    public List<String> hints(Target target, List<ProbePoint> points) {
        return resolver.hints(target, points);
    }

    @Override
    public Points now() {
        Map<Target, Function<ProbeRequest, Resolved>> targets = new HashMap<>();
        return (target, request) ->
                targets.computeIfAbsent(target, resolver::resolveNow).apply(request);
    }
}
