package io.probeunit.internal.unwind;

/**
 * The entry of one function: its range, and the program that makes its rows.
 *
 * @param common what it shares with other functions
 * @param start address of its first instruction, as the file numbers them
 * @param end address behind its last instruction
 * @param program the places of its program in the file
 */
record FrameEntry(Common common, long start, long end, Rule.Block program) {

    /**
     * What several entries share.
     *
     * @param codeUnit what an advance in the code is multiplied by
     * @param dataUnit what an offset is multiplied by
     * @param returnAddress the column of the return address
     * @param encoding of addresses
     * @param signalFrame whether the frame was made by the kernel for a signal
     * @param program the places of the program that runs first
     */
    record Common(
            long codeUnit, long dataUnit, int returnAddress, int encoding, boolean signalFrame, Rule.Block program) {}

    boolean holds(long address) {
        return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
    }

    /** How the caller is found from an instruction of this function. */
    Row row(long address, ElfImage file) {
        RowProgram run = new RowProgram(this, file, address);
        run.execute(common.program());
        run.keepInitial();
        run.execute(program);
        return run.row();
    }
}
