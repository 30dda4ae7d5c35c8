package io.probeunit.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeclaredTypesTest {

    private static final Operand U8 = operand(1, false);
    private static final Operand S32 = operand(4, true);

    @Test
    void what_the_notes_type_decides_is_told_with_the_type() {
        assertThat(problem("arg1 == 300", U8).orElseThrow())
                .contains("where = \"arg1 == 300\" is true for no value", "an unsigned number of 8 bits", "arg1:s32");
        assertThat(problem("arg1 < 0", U8).orElseThrow()).contains("no value");
        assertThat(problem("arg1 >= 0", U8, U8).orElseThrow()).contains("every value");
    }

    @Test
    void what_a_place_of_the_mark_does_not_decide_is_let() {
        assertThat(problem("arg1 == 300", U8, S32)).isEmpty();
        assertThat(problem("arg1 < 0", S32)).isEmpty();
        assertThat(problem("arg2 < 0", U8)).isEmpty();
    }

    @Test
    void a_type_of_the_condition_counts_more_than_the_note() {
        assertThat(problem("arg1:s8 < 0", U8)).isEmpty();
    }

    @Test
    void what_the_declaration_of_a_function_decides_is_told_with_the_type() {
        Condition condition = Condition.parse("arg1 == 300", List.of());
        ProbeRequest request = new ProbeRequest(
                new FunctionSpec(new NamePattern("f"), false, BinarySelector.parse(""), Optional.empty()),
                List.of(condition.value()),
                new Filter(List.of(condition)),
                "@ExpectFunction");
        ProbePoint point = new ProbePoint.Function(
                "f",
                false,
                List.of(),
                new TargetFile("/f", "/f", new FileIdentity(1, 1)),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(condition.value().source(), U8));

        assertThat(DeclaredTypes.problem(
                        new Expectation(request, new CountBounds(0, 0), Optional.empty()), List.of(point)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains(
                                "is true for no value", "the debug information says", "an unsigned number of 8 bits"));
    }

    private static Optional<String> problem(String where, Operand... places) {
        Condition condition = Condition.parse(where, List.of());
        ProbeRequest request = new ProbeRequest(
                MarkSpec.parse("p:m", BinarySelector.parse(""), Optional.empty()),
                List.of(condition.value()),
                new Filter(List.of(condition)),
                "@ExpectMark");
        Mark mark = new Mark(
                "p",
                "m",
                Stream.of(places)
                        .map(o -> new MarkSite(1, 1, Optional.empty(), List.of(o)))
                        .toList());
        return DeclaredTypes.problem(
                new Expectation(request, new CountBounds(0, 0), Optional.empty()),
                List.of(new ProbePoint.UsdtMark(mark, new TargetFile("/f", "/f", new FileIdentity(1, 1)), List.of())));
    }

    private static Operand operand(int size, boolean signed) {
        return new Operand(size, signed, new OperandLocation.Register(0, 0), "");
    }
}
