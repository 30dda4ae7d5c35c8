package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class ConditionPropertiesTest {

    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(64);

    @Property
    void numbers_compare_as_those_of_mathematics(
            @ForAll long bits, @ForAll boolean signed, @ForAll("literals") BigInteger literal) {
        BigInteger value = signed || bits >= 0
                ? BigInteger.valueOf(bits)
                : BigInteger.valueOf(bits).add(BEYOND);

        for (String operator : OPERATORS) {
            Condition condition = Condition.parse("arg1 " + operator + " " + literal, List.of());
            assertThat(condition.holds(bits, signed))
                    .as("%s %s %s", value, operator, literal)
                    .isEqualTo(truth(value.compareTo(literal), operator));
        }
    }

    @Property
    void hexadecimal_means_the_same(@ForAll("literals") BigInteger literal) {
        String hex = (literal.signum() < 0 ? "-0x" : "0x") + literal.abs().toString(16);

        assertThat(Condition.parse("arg1 == " + hex, List.of()).literal())
                .isEqualTo(Condition.parse("arg1 == " + literal, List.of()).literal());
    }

    @Property
    void an_equality_decided_on_a_cut_text_holds_for_the_whole(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 4) String wanted,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 4) String seen,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 3) String rest) {
        Condition condition = Condition.parse("arg1:string == '" + wanted + "'", List.of());

        condition.holds(seen, true).ifPresent(decided -> assertThat(decided).isEqualTo((seen + rest).equals(wanted)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_search_decided_on_a_cut_text_holds_for_the_whole(
            @ForAll("expressions") String expression,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 6) String seen,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 4) String rest) {
        Condition condition = Condition.parse("arg1:string =~ '" + expression + "'", List.of());
        boolean whole = Pattern.compile(expression).matcher(seen + rest).find();

        Optional<Boolean> decided = condition.holds(seen, true);

        decided.ifPresent(d -> assertThat(d).isEqualTo(whole));
    }

    @Property
    void no_text_makes_it_throw_anything_but_a_refusal(@ForAll String text, @ForAll("comparisons") String comparison) {
        parseOrRefuse(text);
        parseOrRefuse(comparison + text);
    }

    @Provide
    Arbitrary<BigInteger> literals() {
        Arbitrary<BigInteger> all =
                Arbitraries.bigIntegers().between(BigInteger.valueOf(Long.MIN_VALUE), BEYOND.subtract(BigInteger.ONE));
        return Arbitraries.oneOf(all, Arbitraries.longs().map(BigInteger::valueOf));
    }

    @Provide
    Arbitrary<String> comparisons() {
        return Arbitraries.of("arg1 ==", "arg1:string =~", "return:u8 <", "$x:", "arg2:string != '");
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "ab",
                        ".",
                        "^",
                        "$",
                        "\\z",
                        "\\Z",
                        "\\b",
                        "\\B",
                        "a?",
                        "b*",
                        "c+",
                        "a*?",
                        "b++",
                        "a*+",
                        "(?=a)",
                        "(?!b)",
                        "(?<=a)",
                        "(?<!c)",
                        "(?>a|ab)",
                        "[ab]",
                        "[^a]",
                        "(?:ab|a)",
                        "a{2}",
                        "b{1,2}+")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    private static void parseOrRefuse(String text) {
        try {
            assertThat(Condition.parse(text, List.of()).text()).isEqualTo(text.strip());
        } catch (PlanException refused) {
            assertThat(refused).hasMessageStartingWith("where = \"");
        }
    }

    private static boolean truth(int sign, String operator) {
        return switch (operator) {
            case "==" -> sign == 0;
            case "!=" -> sign != 0;
            case "<" -> sign < 0;
            case "<=" -> sign <= 0;
            case ">" -> sign > 0;
            default -> sign >= 0;
        };
    }
}
