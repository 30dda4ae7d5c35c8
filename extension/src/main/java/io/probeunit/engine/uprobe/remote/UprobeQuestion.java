package io.probeunit.engine.uprobe.remote;

import io.probeunit.engine.Barrier;
import io.probeunit.engine.Lookout;
import io.probeunit.engine.ProbePoint;
import io.probeunit.engine.Readiness;
import io.probeunit.engine.SessionRequest;
import io.probeunit.host.wire.Question;
import io.probeunit.target.Target;
import io.probeunit.target.TargetFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of the engine on the other side; each as the method of that name says it. Numbers are the asking side's own.
 *
 * @param <A> the answer
 */
sealed interface UprobeQuestion<A> extends Question<ServedUprobes, A> {

    record Ready() implements UprobeQuestion<Readiness> {
        @Override
        public Readiness answer(ServedUprobes served) {
            return served.readiness();
        }
    }

    record Refusal(ProbePoint point) implements UprobeQuestion<Optional<String>> {
        @Override
        public Optional<String> answer(ServedUprobes served) {
            return served.refusal(point);
        }
    }

    record RefusalTogether(List<ProbePoint> points) implements UprobeQuestion<Optional<String>> {
        @Override
        public Optional<String> answer(ServedUprobes served) {
            return served.refusal(points);
        }
    }

    record Open(long session, SessionRequest request) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.open(session, request);
            return true;
        }
    }

    record OpenWindow(long session, Set<Integer> wanted) implements UprobeQuestion<Barrier> {
        @Override
        public Barrier answer(ServedUprobes served) {
            return served.session(session).openWindow(wanted);
        }
    }

    record DrawBarrier(long session) implements UprobeQuestion<Barrier> {
        @Override
        public Barrier answer(ServedUprobes served) {
            return served.session(session).barrier();
        }
    }

    record Close(long session) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.session(session).close();
            return true;
        }
    }

    record AwaitClosed(long session, long nanos) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            return served.awaitClosed(session, nanos);
        }
    }

    record Hold(long hold, TargetFile file, Set<Long> semaphores) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.hold(hold, file, semaphores);
            return true;
        }
    }

    record Mark(long hold, TargetFile file, int place) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.mark(hold, file, place);
            return true;
        }
    }

    record LetGo(long hold, boolean now) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.letGo(hold, now);
            return true;
        }
    }

    record Look(long watch, Target target, List<ProbePoint> points) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.look(watch, target, points);
            return true;
        }
    }

    record Seen(long watch) implements UprobeQuestion<Lookout.Seen> {
        @Override
        public Lookout.Seen answer(ServedUprobes served) {
            return served.seen(watch);
        }
    }

    record Mapped(long watch) implements UprobeQuestion<Lookout.Mappings> {
        @Override
        public Lookout.Mappings answer(ServedUprobes served) {
            return served.mapped(watch);
        }
    }

    record LookAway(long watch) implements UprobeQuestion<Boolean> {
        @Override
        public Boolean answer(ServedUprobes served) {
            served.lookAway(watch);
            return true;
        }
    }
}
