package io.probeunit.internal.plain;

import io.probeunit.OpenProbes;
import io.probeunit.ProbeException;
import io.probeunit.Probes;
import io.probeunit.ProbesOpener;
import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.arming.TestProbes;
import io.probeunit.internal.arming.TestRequest;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sessions.FailedEngines;
import io.probeunit.internal.sessions.SessionPool;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Arms probes that are asked for in code. Thread-safe: all that is opened has its own hosts and sessions. */
public final class PlainProbes implements ProbesOpener {

    private static final String NAME = "Probes";

    private final Supplier<RunScope> scopes;

    /** Made by {@link java.util.ServiceLoader}. */
    public PlainProbes() {
        this(RunScope::real);
    }

    PlainProbes(Supplier<RunScope> scopes) {
        this.scopes = scopes;
    }

    @Override
    public OpenProbes open(Probes probes) {
        try {
            PlainRequest request = PlainRequest.of(probes);
            RunScope run = scopes.get();
            SessionPool pool = new SessionPool(run.closing(), run.progress());
            try {
                return Interrupts.defer(() -> open(request, run, pool));
            } catch (RuntimeException | Error e) {
                OpenedProbes.close(pool, run);
                throw e;
            }
        } catch (PlanException e) {
            throw new ProbeException(String.valueOf(e.getMessage()), e);
        }
    }

    private static OpenProbes open(PlainRequest request, RunScope run, SessionPool pool) {
        ProbePlan plan = request.plan();
        Settings settings = request.settings();
        ProbeWindow window = new ProbeWindow(
                plan, request.targets().stream().map(DeclaredTarget::name).toList());
        FailedEngines.ForTest failed = new FailedEngines().forTest();
        HostChoice.Taken<ArmedWindow> taken = TestProbes.arm(
                run.registry().probing(settings),
                failed,
                probing -> new TestProbes(
                                new TestRequest(
                                        NAME, plan, settings, probing, Set.of(), request.meant(), target -> List.of()),
                                pool,
                                run.turns(),
                                failed,
                                run.progress())
                        .open(window));
        taken.result().passedOverHosts(taken.passedOver());
        return new OpenedProbes(window, taken.result(), pool, run);
    }
}
