package io.probeunit.internal.binary;

/** How the assembler of one architecture writes an operand. */
interface OperandGrammar {

    /**
     * What an operand stands for.
     *
     * @param location where the value is
     * @param width of the register that was named, in bytes; 0 if none was
     */
    record Parsed(OperandLocation location, int width) {

        static Parsed of(OperandLocation location) {
            return new Parsed(location, 0);
        }

        static Parsed unsupported(String reason) {
            return of(new OperandLocation.Unsupported(reason));
        }
    }

    /**
     * Reads one operand; one that is not understood becomes {@link OperandLocation.Unsupported}. Never throws.
     *
     * @param text without width and '@'
     * @param site the address of the mark
     * @return what it stands for
     */
    Parsed parse(String text, long site);

    static OperandGrammar of(Architecture architecture, boolean positionIndependent, SymbolTables symbols) {
        return switch (architecture) {
            case X86_64 -> new X86Operands(positionIndependent, symbols.hasLocals(), symbols::addresses);
            case AARCH64 -> new Arm64Operands();
            case OTHER -> (text, site) -> Parsed.unsupported("operands of this architecture are not known");
        };
    }
}
