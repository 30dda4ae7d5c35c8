package io.probeunit.internal.binary;

import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.names.SourceName;

/**
 * A function as a symbol table names it. Immutable and thread-safe.
 *
 * @param name the symbol's name to the letter, with clone suffix and version if it has them
 * @param address the address in the file's own numbering (before it is loaded anywhere)
 * @param fileOffset where the first instruction is in the file, in bytes
 * @param size in bytes; 0 if the symbol table does not say
 * @param binding how the linker treats the name
 * @param skipped how far behind the first instruction a uprobe is placed, in bytes; 0 but where the first ones run again
 */
public record FunctionSymbol(String name, long address, long fileOffset, long size, Binding binding, int skipped) {

    /** How the linker treats a name: gABI, chapter 4, "Symbol Table". */
    public enum Binding {
        /** Of its source file alone; also what a library keeps for itself. */
        LOCAL,
        /** Of all files that are linked. */
        GLOBAL,
        /** One that another definition may take the place of. */
        WEAK
    }

    /** A function that is probed at its first instruction. */
    public FunctionSymbol(String name, long address, long fileOffset, long size, Binding binding) {
        this(name, address, fileOffset, size, binding, 0);
    }

    /** A function that all files see, and that is probed at its first instruction. */
    public FunctionSymbol(String name, long address, long fileOffset, long size) {
        this(name, address, fileOffset, size, Binding.GLOBAL);
    }

    /**
     * Where a uprobe is placed.
     *
     * @return an offset in the file, in bytes
     */
    public long probeOffset() {
        return fileOffset + skipped;
    }

    /** The same function, probed behind its first instructions. */
    FunctionSymbol probedBehind(int bytes) {
        return new FunctionSymbol(name, address, fileOffset, size, binding, bytes);
    }

    /**
     * The name in the source: without version and without the suffixes of clones.
     *
     * @return for example {@code foo} for {@code foo.isra.0.constprop.3}
     */
    public String baseName() {
        return FunctionNames.baseName(name);
    }

    /**
     * The name to the letter, but for the version.
     *
     * @return for example {@code memcpy} for {@code memcpy@@GLIBC_2.14}
     */
    public String unversioned() {
        return FunctionNames.withoutVersion(name);
    }

    /**
     * The name as the source has it, scopes included: of C++ and Rust without parameters and template arguments.
     *
     * @return for example {@code shop::Cart::add} for {@code _ZN4shop4Cart3addEi}; {@link #baseName()} if it is not mangled
     */
    public String sourceName() {
        String base = baseName();
        return SourceName.isMangled(base) ? SourceName.bareOf(base).orElse(base) : base;
    }

    /**
     * The name as the source has it, with parameters and template arguments.
     *
     * @return for example {@code shop::Cart::add(int)}; {@link #baseName()} if it is not mangled
     */
    public String signature() {
        String base = baseName();
        return SourceName.isMangled(base)
                ? SourceName.of(base).map(SourceName::signature).orElse(base)
                : base;
    }
}
