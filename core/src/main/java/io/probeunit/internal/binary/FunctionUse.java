package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Map;

/** The captures and conditions that are possible for a function. Immutable and thread-safe. */
public sealed interface FunctionUse {

    /**
     * It can be probed as asked.
     *
     * @param notes sentences on what to know of it; mostly empty
     * @param doubts why its values may be others than those of the source; mostly empty
     * @param registers in which of the registers for integers and pointers an argument is, both counted from 1, where that
     *     is not the one of its own number
     */
    record Possible(List<String> notes, List<Doubt> doubts, Map<Integer, Integer> registers) implements FunctionUse {

        /** Takes copies. */
        public Possible {
            notes = List.copyOf(notes);
            doubts = List.copyOf(doubts);
            registers = Map.copyOf(registers);
        }
    }

    /**
     * It would be harmed, or something else be read than what is asked.
     *
     * @param message for the user
     */
    record Refused(String message) implements FunctionUse {}
}
