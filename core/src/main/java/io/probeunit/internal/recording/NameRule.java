package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import java.util.Optional;

/** What a name in a question stands for. */
interface NameRule {

    /** Whether it is the very text of an annotation. */
    boolean isTextOf(PointSpec spec);

    /** Whether it could name something that an annotation stands for, before that is looked up. */
    boolean couldBe(PointSpec spec);

    /** Whether it is the name of a point. */
    boolean isNameOf(ProbePoint point);

    /** Reads the name of a question. */
    static NameRule of(Query query) {
        return switch (query.kind()) {
            case FUNCTION -> new OfFunction(query.name(), false);
            case RETURN -> new OfFunction(query.name(), true);
            case MARK -> ofMark(query.name());
            case EVERYTHING -> new OfAll();
        };
    }

    private static NameRule ofMark(String name) {
        try {
            return new OfMark(MarkSpec.parse(name, new BinarySelector.TargetDefault(), Optional.empty()));
        } catch (PlanException e) {
            throw new ProbeException("mark(\"%s\"): %s".formatted(name, e.getMessage()), e);
        }
    }

    /** A function's entry or return. */
    record OfFunction(String name, boolean onReturn) implements NameRule {
        @Override
        public boolean isTextOf(PointSpec spec) {
            return spec instanceof FunctionSpec function
                    && function.onReturn() == onReturn
                    && function.function().text().equals(name);
        }

        @Override
        public boolean couldBe(PointSpec spec) {
            return isTextOf(spec)
                    || spec instanceof FunctionSpec function
                            && function.onReturn() == onReturn
                            && function.function().matches(name);
        }

        @Override
        public boolean isNameOf(ProbePoint point) {
            return point instanceof ProbePoint.Function function
                    && function.onReturn() == onReturn
                    && function.function().equals(name);
        }
    }

    /** A mark. */
    record OfMark(MarkSpec asked) implements NameRule {
        @Override
        public boolean isTextOf(PointSpec spec) {
            return spec instanceof MarkSpec mark
                    && mark.name().equals(asked.name())
                    && mark.provider().equals(asked.provider());
        }

        @Override
        public boolean couldBe(PointSpec spec) {
            return isTextOf(spec)
                    || spec instanceof MarkSpec mark
                            && mark.name().matches(asked.name().text())
                            && (asked.provider().isEmpty()
                                    || mark.provider().isEmpty()
                                    || mark.provider()
                                            .get()
                                            .matches(asked.provider().get().text()));
        }

        @Override
        public boolean isNameOf(ProbePoint point) {
            return point instanceof ProbePoint.UsdtMark mark
                    && mark.mark().name().equals(asked.name().text())
                    && asked.provider()
                            .map(NamePattern::text)
                            .filter(p -> !p.equals(mark.mark().provider()))
                            .isEmpty();
        }
    }

    /** Everything. */
    record OfAll() implements NameRule {
        @Override
        public boolean isTextOf(PointSpec spec) {
            return true;
        }

        @Override
        public boolean couldBe(PointSpec spec) {
            return true;
        }

        @Override
        public boolean isNameOf(ProbePoint point) {
            return true;
        }
    }
}
