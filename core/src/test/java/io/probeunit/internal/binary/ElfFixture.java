package io.probeunit.internal.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A fixture: the headers of ELF files, which tell what a file is for, and nothing else. */
public final class ElfFixture {

    private static final long BASE = 0x400000;
    private static final int DYNAMIC = 0x200;
    private static final int STRINGS = 0x300;

    private ElfFixture() {}

    /** A position-independent program, with a dynamic loader or linked statically. */
    public static byte[] program(boolean interpreted) {
        return file(interpreted, 0x6ffffffbL, 0x08000000L, "");
    }

    /** A program for a fixed address, linked statically. */
    public static byte[] fixedProgram() {
        byte[] program = file(false, 0, 0, "");
        program[16] = 2;
        return program;
    }

    /** A library. */
    public static byte[] library(String soname) {
        return file(false, 14, 1, soname);
    }

    /** A library that can be run too, as that of C is. */
    public static byte[] runnableLibrary(String soname) {
        return file(true, 14, 1, soname);
    }

    private static byte[] file(boolean interpreted, long tag, long value, String soname) {
        ByteBuffer file = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(16, (short) 3);
        file.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 3);
        segment(file, 0, 1, 0, 0x400);
        segment(file, 1, 2, DYNAMIC, 0x30);
        segment(file, 2, interpreted ? 3 : 4, 0x180, 1);
        file.putLong(DYNAMIC, 5).putLong(DYNAMIC + 8, BASE + STRINGS);
        file.putLong(DYNAMIC + 16, tag).putLong(DYNAMIC + 24, value);
        file.put(STRINGS + 1, soname.getBytes(StandardCharsets.UTF_8));
        return file.array();
    }

    private static void segment(ByteBuffer file, int number, int type, long offset, long size) {
        int at = 64 + number * 56;
        file.putInt(at, type)
                .putLong(at + 8, offset)
                .putLong(at + 16, BASE + offset)
                .putLong(at + 32, size);
    }
}
