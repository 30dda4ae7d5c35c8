package io.probeunit.internal.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.binary.Semaphore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static MarkSite site(Optional<Semaphore> semaphore, String... operands) {
        return new MarkSite(
                1,
                1,
                semaphore,
                Stream.of(operands)
                        .map(text -> new Operand(4, false, new OperandLocation.Unsupported("not asked"), text))
                        .toList());
    }

    @Test
    void types_are_those_of_the_note_whatever_register_holds_the_value() {
        Mark mark = new Mark(
                "p",
                "m",
                List.of(site(Optional.empty(), "-1@%al", "8@%eax", "-4@$1", "8f@%xmm0", "4f@-8(%rbp)", "16@x")));

        assertThat(Signatures.of(mark)).hasToString("p:m(s8, u64, s32, f64, f32, u128)");
    }

    @Test
    void an_old_note_has_no_types() {
        assertThat(Signatures.of(new Mark("p", "m", List.of(site(Optional.empty(), "%eax", "$1")))))
                .hasToString("p:m(?, ?)");
    }

    @Test
    void sites_that_agree_are_one_and_those_that_differ_are_all_told() {
        Mark mark = new Mark(
                "p",
                "m",
                List.of(
                        site(Optional.empty(), "8@%rax"),
                        site(Optional.of(new Semaphore(1, 1)), "-4@%eax", "8@%rbx"),
                        site(Optional.empty(), "8@%rdi"),
                        site(Optional.empty())));

        assertThat(Signatures.of(mark)).hasToString("p:m() or (s32, u64) or (u64) guarded");
    }

    @Test
    void a_strange_name_does_not_break_the_line() {
        assertThat(Signatures.of(new Mark("p(", "m\n#\u00e9", List.of(site(Optional.empty()))))
                        .toString())
                .isEqualTo("p\\u{28}:m\\u{a}\\u{23}\u00e9()");
    }
}
