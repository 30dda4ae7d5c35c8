package io.probeunit.internal.hosts;

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
        return resolver.buildId(target, file)
                .orElseGet(() -> "%d-%d"
                        .formatted(file.identity().size(), file.identity().modified()));
    }

    @Override
    public List<String> hints(Target target, List<ProbePoint> points) {
        return resolver.hints(target, points);
    }

    @Override
    public Points now() {
        return new Now(new HashMap<>());
    }

    /** Looks each binary up once, and goes on as the others do. */
    private final class Now implements Points {

        private final Map<Target, Function<ProbeRequest, Resolved>> targets;

        Now(Map<Target, Function<ProbeRequest, Resolved>> targets) {
            this.targets = targets;
        }

        @Override
        public Resolved find(Target target, ProbeRequest request) {
            return targets.computeIfAbsent(target, resolver::resolveNow).apply(request);
        }

        @Override
        public Resolved cover(Target target, ProbeRequest request) {
            return ResolvedPoints.this.cover(target, request);
        }

        @Override
        public String build(Target target, TargetFile file) {
            return ResolvedPoints.this.build(target, file);
        }
    }
}
