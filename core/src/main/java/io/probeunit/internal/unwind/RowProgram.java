package io.probeunit.internal.unwind;

import io.probeunit.internal.unwind.Row.FrameAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Runs the instructions of an entry up to one address; DWARF 5, section 6.4.2. Not thread-safe. */
final class RowProgram {

    private static final int HIGH_BITS = 0xc0;
    private static final int LOW_BITS = 0x3f;

    private final FrameEntry.Common common;
    private final ElfImage file;
    private final long wanted;
    private final Deque<Row> remembered = new ArrayDeque<>();
    private final Map<Integer, Rule> rules = new HashMap<>();
    private Map<Integer, Rule> initial = Map.of();
    private FrameAddress frameAddress = new FrameAddress.FromRegister(0, 0);
    private long location;

    RowProgram(FrameEntry entry, ElfImage file, long wanted) {
        this.common = entry.common();
        this.location = entry.start();
        this.file = file;
        this.wanted = wanted;
    }

    void execute(Rule.Block block) {
        Cursor cursor = file.cursor(block.from());
        while (cursor.at() < block.to() && Long.compareUnsigned(location, wanted) <= 0) {
            instruction(cursor);
        }
    }

    /** What is there now is what {@code DW_CFA_restore} goes back to. */
    void keepInitial() {
        initial = Map.copyOf(rules);
    }

    Row row() {
        return new Row(frameAddress, rules);
    }

    private void instruction(Cursor cursor) {
        int code = cursor.u8();
        int low = code & LOW_BITS;
        switch (code & HIGH_BITS) {
            case 0x40 -> advance(low);
            case 0x80 -> rules.put(low, new Rule.AtOffset(cursor.unsigned() * common.dataUnit()));
            case 0xc0 -> restore(low);
            default -> extended(code, cursor);
        }
    }

    private void extended(int code, Cursor cursor) {
        switch (code) {
            case 0x00 -> {
                // fills up to the next entry
            }
            case 0x01 -> to(cursor.address(common.encoding(), 0));
            case 0x02 -> advance(cursor.u8());
            case 0x03 -> advance(cursor.u16());
            case 0x04 -> advance(cursor.u32());
            case 0x05 -> rules.put(register(cursor), new Rule.AtOffset(cursor.unsigned() * common.dataUnit()));
            case 0x06 -> restore(register(cursor));
            case 0x07 -> rules.put(register(cursor), new Rule.Undefined());
            case 0x08 -> rules.put(register(cursor), new Rule.Same());
            case 0x09 -> rules.put(register(cursor), new Rule.InRegister(register(cursor)));
            case 0x0a -> remembered.push(row());
            case 0x0b -> recall();
            case 0x0c -> frameAddress = new FrameAddress.FromRegister(register(cursor), cursor.unsigned());
            case 0x0d -> frameAddress = new FrameAddress.FromRegister(register(cursor), offset());
            case 0x0e -> frameAddress = new FrameAddress.FromRegister(base(), cursor.unsigned());
            case 0x0f -> frameAddress = new FrameAddress.FromExpression(block(cursor));
            case 0x10 -> rules.put(register(cursor), new Rule.AtExpression(block(cursor)));
            case 0x11 -> rules.put(register(cursor), new Rule.AtOffset(cursor.signed() * common.dataUnit()));
            case 0x12 ->
                frameAddress = new FrameAddress.FromRegister(register(cursor), cursor.signed() * common.dataUnit());
            case 0x13 -> frameAddress = new FrameAddress.FromRegister(base(), cursor.signed() * common.dataUnit());
            case 0x14 -> rules.put(register(cursor), new Rule.IsOffset(cursor.unsigned() * common.dataUnit()));
            case 0x15 -> rules.put(register(cursor), new Rule.IsOffset(cursor.signed() * common.dataUnit()));
            case 0x16 -> rules.put(register(cursor), new Rule.IsExpression(block(cursor)));
            // signing of return addresses on arm64: the signature is cut off anyway
            case 0x2d -> {
                // nothing else changes
            }
            // the size of the arguments matters to handlers of exceptions alone
            case 0x2e -> cursor.unsigned();
            case 0x2f -> rules.put(register(cursor), new Rule.AtOffset(-cursor.unsigned() * common.dataUnit()));
            default -> throw NotUnwoundException.strangeTable();
        }
    }

    private void advance(long units) {
        to(location + units * common.codeUnit());
    }

    private void to(long next) {
        location = next;
    }

    private void restore(int register) {
        Rule before = initial.get(register);
        if (before == null) {
            rules.remove(register);
        } else {
            rules.put(register, before);
        }
    }

    private void recall() {
        if (remembered.isEmpty()) {
            throw NotUnwoundException.strangeTable();
        }
        Row row = remembered.pop();
        frameAddress = row.frameAddress();
        rules.clear();
        rules.putAll(row.rules());
    }

    private int base() {
        return simple().register();
    }

    private long offset() {
        return simple().bytes();
    }

    private FrameAddress.FromRegister simple() {
        if (frameAddress instanceof FrameAddress.FromRegister simple) {
            return simple;
        }
        throw NotUnwoundException.strangeTable();
    }

    private static int register(Cursor cursor) {
        return (int) cursor.unsigned();
    }

    private static Rule.Block block(Cursor cursor) {
        int length = (int) cursor.unsigned();
        Rule.Block block = new Rule.Block(cursor.at(), cursor.at() + length);
        cursor.skipTo(block.to());
        return block;
    }
}
