package io.probeunit.internal.cli;

import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.CaptureList;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ObservedFirings;
import io.probeunit.internal.recording.ProbedRecording;
import java.util.List;
import java.util.Optional;

/**
 * A function or mark that is watched.
 *
 * @param kind {@code function} or {@code mark}
 * @param text {@code NAME} or {@code NAME@BINARY}
 * @param onReturn whether the return of the function is meant
 * @param captures as in annotations
 * @param where as in annotations
 */
record WatchedPoint(String kind, String text, boolean onReturn, List<String> captures, List<String> where) {

    static final String FUNCTION = "function";
    static final String MARK = "mark";

    WatchedPoint {
        captures = List.copyOf(captures);
        where = List.copyOf(where);
    }

    /** Names may have an @ too, such as {@code memcpy@GLIBC_2.14}: the last one is before the binary. */
    String name() {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    private String binary() {
        int at = text.lastIndexOf('@');
        return at < 0 ? "" : text.substring(at + 1);
    }

    /** As the command line has it. */
    String declaration() {
        return "--%s %s".formatted(kind, text);
    }

    /**
     * What is to be armed for it.
     *
     * @throws PlanException if something is not understood
     */
    ProbeRequest request() {
        try {
            CaptureList values = new CaptureList(captures);
            Filter filter = new Filter(values.where(where));
            return new ProbeRequest(spec(), values.all(), filter, declaration());
        } catch (PlanException e) {
            throw new PlanException(declaration() + ": " + e.getMessage(), e);
        }
    }

    private PointSpec spec() {
        BinarySelector file = BinarySelector.parse(binary());
        if (kind.equals(FUNCTION)) {
            return new FunctionSpec(new NamePattern(name()), onReturn, file, Optional.empty());
        }
        if (onReturn) {
            throw new PlanException("a mark has no return (PU1408). Watch the return of the function around it.");
        }
        return MarkSpec.parse(name(), file, Optional.empty());
    }

    /**
     * Its firings that satisfy the conditions.
     *
     * @throws io.probeunit.ProbeException if a name is watched in several binaries
     */
    ObservedFirings in(ProbedRecording recording) {
        ObservedFirings all = kind.equals(MARK)
                ? recording.mark(name())
                : onReturn ? recording.functionReturn(name()) : recording.function(name());
        ObservedFirings some = all;
        for (String condition : where) {
            some = some.where(condition);
        }
        return some;
    }

    /** For tables. */
    String label() {
        return text + (onReturn ? " (return)" : "") + (where.isEmpty() ? "" : " where " + String.join(", ", where));
    }
}
