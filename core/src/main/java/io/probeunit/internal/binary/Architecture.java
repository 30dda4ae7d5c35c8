package io.probeunit.internal.binary;

/** The instruction set of a binary, as far as it decides how operands and registers are read. */
public enum Architecture {
    /** 64-bit x86. */
    X86_64,
    /** 64-bit Arm. */
    AARCH64,
    /** Any other: functions and marks are found, operands are not understood. */
    OTHER
}
