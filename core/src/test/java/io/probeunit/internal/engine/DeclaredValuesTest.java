package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.dwarf.Compiled;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.Filter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "the places are those of x86-64")
class DeclaredValuesTest {

    @TempDir
    static Path folder;

    private static BinaryFile shop;
    private static BinaryFile bare;

    @BeforeAll
    static void build() throws IOException {
        Path program = Compiled.build(folder, "gcc", "shop.c", "-O2");
        shop = BinaryReader.read(FileContent.of(ByteBuffer.wrap(Files.readAllBytes(program))), "/opt/shop");
        Compiled.run("strip", "--strip-debug", program.toString());
        bare = BinaryReader.read(FileContent.of(ByteBuffer.wrap(Files.readAllBytes(program))), "/opt/shop");
    }

    private static DeclaredValues of(BinaryFile file, String function, boolean onReturn, String... captures) {
        List<FunctionSymbol> sites = file.functions().stream()
                .filter(symbol -> symbol.baseName().equals(function))
                .toList();
        return DeclaredValues.of(
                file, sites, onReturn, Stream.of(captures).map(Capture::parse).toList());
    }

    private static Operand operand(String function, String capture) {
        return of(shop, function, false, capture)
                .operands()
                .get(Capture.parse(capture).source());
    }

    @ParameterizedTest
    @CsvSource({
        "reserve, arg1, 8, false, 5",
        "reserve, arg3, 4, true, 4",
        "reserve, arg4, 1, false, 1",
        "reserve, arg5, 1, false, 2",
        "reserve, arg6, 2, false, 8",
        "reserve, $state, 4, true, 4",
        "many, $f, 4, true, 9",
        "scaled, arg1, 4, true, 5"
    })
    void in_a_register(String function, String capture, int size, boolean signed, int register) {
        Operand operand = operand(function, capture);

        assertThat(operand.size()).isEqualTo(size);
        assertThat(operand.signed()).isEqualTo(signed);
        assertThat(operand.location()).isEqualTo(new OperandLocation.Register(register, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "reserve, $order->id, 4, true, 5, 0",
        "reserve, $order->customer, 8, false, 5, 8",
        "reserve, $order.total, 8, true, 5, 24",
        "reserve, $order[1].id, 4, true, 5, 40",
        "reserve, $order->code[3], 1, true, 5, 27",
        "many, $on_stack, 2, true, 7, 8",
        "many, $last, 8, true, 7, 16",
        "main, $arguments[2], 8, false, 4, 16"
    })
    void in_memory(String function, String capture, int size, boolean signed, int base, long displacement) {
        Operand operand = operand(function, capture);

        assertThat(operand.size()).isEqualTo(size);
        assertThat(operand.signed()).isEqualTo(signed);
        assertThat(operand.location()).isInstanceOfSatisfying(OperandLocation.Memory.class, memory -> {
            assertThat(memory.base()).isEqualTo(OptionalInt.of(base));
            assertThat(memory.displacement()).isEqualTo(displacement);
        });
    }

    @Test
    void a_parameter_that_a_clone_fixes_is_a_constant() {
        assertThat(operand("scaled", "$factor").location()).isEqualTo(new OperandLocation.Constant(10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reserve | arg2                  | arg2 of reserve cannot be read: it is a floating-point number (double)
            reserve | $weight               | it is a floating-point number (double)
            reserve | $order->paid          | paid is a bit field
            reserve | $order->code          | it is an array (char[8])
            reserve | $order->code[8]       | there is no element 8 of char[8]
            reserve | $order->next->id      | it is behind two addresses in memory
            reserve | $order->customer->x   | it is behind two addresses in memory
            reserve | $state->x             | enum state has no members
            reserve | $ordr                 | reserve has no ordr (PU1607). Nearest: order
            reserve | $order->idd           | struct order has no idd (PU1607). Nearest: id
            reserve | $level:string         | is of type unsigned char, which is no address of text
            stored  | arg2                  | arg2 does not exist: the number of parameters of stored is 1
            """)
    void what_cannot_be_read_is_refused_with_its_reason(String function, String capture, String message) {
        assertThatThrownBy(() -> of(shop, function, false, capture))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_return_value_has_its_type_and_its_doubts() {
        DeclaredValues values = of(shop, "reserve", true, "return");

        assertThat(values.operands().values())
                .singleElement()
                .satisfies(operand -> assertThat(operand.location()).isEqualTo(new OperandLocation.Register(0, 0)));
        assertThat(values.others()).containsExactly(Capture.parse("return"));
        assertThatThrownBy(() -> of(shop, "nothing", true, "return")).hasMessageContaining("it is nothing (void)");
        assertThatThrownBy(() -> of(shop, "stored", true, "$number")).hasMessageContaining("(PU1606)");
    }

    @Test
    void more_arguments_than_are_declared_are_read_by_the_convention() {
        assertThat(of(shop, "format", false, "arg2").others()).containsExactly(Capture.parse("arg2"));
    }

    @Test
    void without_debug_information_a_number_needs_a_type() {
        List<IntegerFilter> filters =
                List.of(new IntegerFilter(new Filter(List.of(Condition.parse("arg1 == 42", List.of()))).conditions()));

        of(shop, "stored", false, "arg1").check(filters);
        assertThatThrownBy(() -> of(bare, "stored", false, "arg1").check(filters))
                .hasMessageContaining("(PU0232)", "/opt/shop has no debug information, which would give it.");
        assertThatThrownBy(() -> of(bare, "stored", false, "$number"))
                .hasMessageContaining("$number of stored cannot be found by its name (PU1605). /opt/shop has no debug");
    }
}
