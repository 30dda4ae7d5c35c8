package io.probeunit.internal.binary;

/** How the code around a site of a mark looks. */
public enum MarkStanding {
    /** As it should. */
    PLAIN,
    /** On a nop of five bytes, which Linux 6.18 and later turns into a call: it writes below the stack pointer. */
    ON_FIVE_BYTES,
    /** Not where an instruction begins: a probe there would change what the program does. */
    WITHIN_AN_INSTRUCTION
}
