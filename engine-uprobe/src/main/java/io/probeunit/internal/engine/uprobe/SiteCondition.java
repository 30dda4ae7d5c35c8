package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.plan.Comparison;
import io.probeunit.internal.plan.ValueType;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A comparison of an integer as the program makes it at one site.
 *
 * @param value where the integer is
 * @param type what it is cut down to; empty for as it was read
 * @param signed whether its highest bit is a sign
 * @param comparison the operator
 * @param literal from -2^63 to 2^64-1
 */
record SiteCondition(
        SlotReading value, Optional<ValueType> type, boolean signed, Comparison comparison, BigInteger literal) {

    /** What a literal beyond the 64 bits of the value decides; empty if it lies within. */
    Optional<Boolean> decided() {
        boolean below = !signed && literal.signum() < 0;
        boolean above = signed && literal.bitLength() >= Long.SIZE;
        return below || above ? Optional.of(comparison.holds(below ? 1 : -1)) : Optional.empty();
    }

    boolean readsMemory() {
        return value instanceof SlotReading.Memory;
    }

    /** Whether the value may be unknown at a firing. */
    boolean mayFail() {
        return value.mayFail();
    }
}
