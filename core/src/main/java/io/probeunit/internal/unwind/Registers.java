package io.probeunit.internal.unwind;

import java.util.Arrays;
import java.util.BitSet;

/** Values of registers by their DWARF numbers, as far as they are known. Immutable. */
public final class Registers {

    private final long[] values;
    private final BitSet known;

    private Registers(long[] values, BitSet known) {
        this.values = values;
        this.known = known;
    }

    /**
     * All are known.
     *
     * @param values by DWARF number; copied
     * @return the registers
     */
    public static Registers of(long... values) {
        BitSet all = new BitSet();
        all.set(0, values.length);
        return new Registers(values.clone(), all);
    }

    long get(int register) {
        if (!known.get(register)) {
            throw new NotUnwoundException("its table needs register %d, which is lost".formatted(register));
        }
        return values[register];
    }

    boolean knows(int register) {
        return known.get(register);
    }

    int count() {
        return values.length;
    }

    Registers with(int register, long value) {
        long[] changed = Arrays.copyOf(values, values.length);
        changed[register] = value;
        BitSet more = (BitSet) known.clone();
        more.set(register);
        return new Registers(changed, more);
    }

    Registers without(int register) {
        BitSet fewer = (BitSet) known.clone();
        fewer.clear(register);
        return new Registers(values, fewer);
    }
}
