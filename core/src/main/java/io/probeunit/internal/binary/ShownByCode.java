package io.probeunit.internal.binary;

import io.probeunit.internal.names.CxxParameters;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.ValueType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reasons in the code of a function why its values may differ from the source: parts of sentences. */
final class ShownByCode {

    private static final Set<ValueType> ADDRESSES = Set.of(ValueType.PTR, ValueType.HEX, ValueType.STRING);

    private final ValuesInCode values;

    ShownByCode(ValuesInCode values) {
        this.values = values;
    }

    /** Of a function whose name does not tell its parameters. */
    Optional<String> againstArgumentsOfC(Collection<Integer> registers) {
        return values.hidden()
                .or(() -> Optional.of(
                                "its code fills a structure at the address in its first argument and returns this address: if the source returns a structure by value, the numbers of the arguments are one higher; count its calls without conditions")
                        .filter(reason ->
                                values.returned().first() && values.returned().fills()))
                .or(() -> skipped(registers));
    }

    /** Of one whose name tells its parameters, but not what it returns. */
    Optional<String> againstArgumentsOfCxx(Optional<CxxParameters> parameters) {
        ReturnedByCode returned = values.returned();
        boolean pointer = parameters
                .map(known ->
                        known.registers().containsKey(1) && !known.narrow().containsKey(1))
                .orElse(true);
        return Optional.of(
                        "its code returns its first argument, and stores something at that address: if the source returns a class or a structure by value, the numbers of the arguments are one higher; count its calls without conditions, or probe a function that returns a number, a pointer or nothing")
                .filter(reason -> returned.first() && (returned.fills() || !pointer));
    }

    /** A compiler may have left out an unused argument. */
    Optional<String> againstUnused(Collection<Integer> registers) {
        return Optional.of(
                        "its code does not use the register of this argument, and Clang does not pass arguments that a function ignores; let the function use it, or capture another one")
                .filter(reason -> registers.stream().anyMatch(values.arguments()::ignores));
    }

    /** A number of 128 bits takes two registers, of which a small one leaves the second unused. */
    private Optional<String> skipped(Collection<Integer> registers) {
        return Optional.of(
                        "its code does not use the register of this argument, but a later one: either the function ignores this parameter, or an earlier one is a number of 128 bits or a structure by value, which takes two registers; count its calls without conditions")
                .filter(reason -> registers.stream()
                        .anyMatch(register -> values.arguments().ignores(register)
                                && values.arguments().readsBehind(register)));
    }

    /** Of what is returned. */
    Optional<String> againstReturn(List<Capture> captures) {
        ReturnedByCode returned = values.returned();
        boolean number = captures.stream()
                .anyMatch(capture -> capture.type().filter(ADDRESSES::contains).isEmpty());
        if (number && returned.floating()) {
            return Optional.of(
                    "its code ends with a floating-point number, which is in no register for integers; count its returns without conditions");
        }
        return number && returned.first() && returned.fills()
                ? Optional.of(
                        "its code returns the address in its first argument, and stores something there: if the source returns a structure by value, the structure is there; count its returns without conditions, or give the type ptr")
                : Optional.empty();
    }
}
