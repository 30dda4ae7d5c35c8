package io.probeunit.internal.binary;

import io.probeunit.internal.dwarf.DebugInformation;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The probe points of a 64-bit little-endian ELF file. Immutable and thread-safe; keeps the source names that it has
 * read, so that none is read twice.
 */
public final class BinaryFile {

    /** The number of probe points that a look-up may yield unless another limit is given. */
    public static final int DEFAULT_LIMIT = 1_000;

    /** The number of probe points that a look-up for a coverage may yield, where firings are counted and nothing else. */
    public static final int COVERAGE_LIMIT = 1 << 16;

    private final String path;
    private final Architecture architecture;
    private final boolean positionIndependent;
    private final Optional<String> buildId;
    private final boolean stripped;
    private final List<FunctionSymbol> functions;
    private final List<FunctionSymbol> indirectFunctions;
    private final List<Mark> marks;
    private final Imports imports;
    private final List<String> warnings;
    private final UnusableMarks unusableMarks;
    private final Lazy<FunctionUses> uses;
    private final List<FunctionSymbol> labels;
    private final boolean go;
    private final boolean functionsApart;
    private final NamedFunctions names;
    private final Lazy<Optional<DebugInformation>> debugInformation;

    /**
     * A file; takes copies of the lists.
     *
     * @param path the file's path as in the container; for messages, never opened
     * @param architecture the instruction set
     * @param positionIndependent true if the file is loaded at an address that differs from run to run (PIE, shared library)
     * @param buildId the build-id in lower-case hexadecimal, if the file has one
     * @param stripped true if the file has no {@code .symtab}, and none was found that had been split from it: then only
     *     functions that it exports are known
     * @param functions the functions that the file defines, ordered by address, then name; aliases are entries of their own
     * @param indirectFunctions the names that stand for a choice among functions at run time (IFUNC); their address is that
     *     of the code that chooses, so they are no probe points
     * @param marks the marks, ordered by provider, then name
     * @param imports what is elsewhere
     * @param warnings what in the file was not understood and left out, in sentences; mostly empty
     * @param origin what is known of who made it
     * @param unusableMarks marks that cannot be probed
     * @param labels names of places in the code to which the symbol table gives no type, ordered by address, then name
     * @param debugInformation finds it
     */
    BinaryFile(
            String path,
            Architecture architecture,
            boolean positionIndependent,
            Optional<String> buildId,
            boolean stripped,
            List<FunctionSymbol> functions,
            List<FunctionSymbol> indirectFunctions,
            List<Mark> marks,
            Imports imports,
            List<String> warnings,
            Origin origin,
            UnusableMarks unusableMarks,
            List<FunctionSymbol> labels,
            Supplier<Optional<DebugInformation>> debugInformation) {
        this.path = path;
        this.architecture = architecture;
        this.positionIndependent = positionIndependent;
        this.buildId = buildId;
        this.stripped = stripped;
        this.functions = List.copyOf(functions);
        this.indirectFunctions = List.copyOf(indirectFunctions);
        this.marks = List.copyOf(marks);
        this.imports = imports;
        this.warnings = List.copyOf(warnings);
        this.unusableMarks = unusableMarks;
        this.labels = List.copyOf(labels);
        go = origin.go();
        functionsApart = origin.keepsFunctionsApart();
        uses = new Lazy<>(() -> new FunctionUses(this, origin));
        names = new NamedFunctions(this.functions, this.indirectFunctions);
        this.debugInformation = new Lazy<>(debugInformation);
    }

    /**
     * A file of which nothing is known but this.
     *
     * @param path the file's path as in the container
     * @param architecture the instruction set
     * @param positionIndependent whether it is loaded at an address that differs from run to run
     * @param buildId the build-id in lower-case hexadecimal
     * @param stripped whether only exported functions are known
     * @param functions the functions, ordered by address, then name
     * @param indirectFunctions names that stand for a choice at run time
     * @param marks the marks, ordered by provider, then name
     * @param imports what is elsewhere
     * @param warnings what was left out
     */
    public BinaryFile(
            String path,
            Architecture architecture,
            boolean positionIndependent,
            Optional<String> buildId,
            boolean stripped,
            List<FunctionSymbol> functions,
            List<FunctionSymbol> indirectFunctions,
            List<Mark> marks,
            Imports imports,
            List<String> warnings) {
        this(
                path,
                architecture,
                positionIndependent,
                buildId,
                stripped,
                functions,
                indirectFunctions,
                marks,
                imports,
                warnings,
                Origin.UNKNOWN,
                UnusableMarks.NONE,
                List.of(),
                Optional::empty);
    }

    /**
     * The path.
     *
     * @return the file's path as in the container; for messages, never opened
     */
    public String path() {
        return path;
    }

    /**
     * The instruction set.
     *
     * @return the instruction set
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * Says whether addresses differ from run to run.
     *
     * @return true if the file is loaded at an address that differs from run to run (PIE, shared library)
     */
    public boolean positionIndependent() {
        return positionIndependent;
    }

    /**
     * What tells this build from others.
     *
     * @return the build-id in lower-case hexadecimal, if the file has one
     */
    public Optional<String> buildId() {
        return buildId;
    }

    /**
     * Says whether symbols are missing.
     *
     * @return true if the file has no {@code .symtab}, and none was found that had been split from it: then only
     *     functions that it exports are known
     */
    public boolean stripped() {
        return stripped;
    }

    /**
     * The functions.
     *
     * @return the functions that the file defines, ordered by address, then name; aliases are entries of their own
     */
    public List<FunctionSymbol> functions() {
        return functions;
    }

    /**
     * The functions that are chosen at run time.
     *
     * @return the names that stand for a choice among functions at run time (IFUNC); their address is that
     *     of the code that chooses, so they are no probe points
     */
    public List<FunctionSymbol> indirectFunctions() {
        return indirectFunctions;
    }

    /**
     * The marks.
     *
     * @return the marks, ordered by provider, then name
     */
    public List<Mark> marks() {
        return marks;
    }

    /**
     * What the file takes from libraries.
     *
     * @return what is elsewhere
     */
    public Imports imports() {
        return imports;
    }

    /**
     * What was left out.
     *
     * @return what in the file was not understood and left out, in sentences; mostly empty
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Decides whether functions can be probed as asked, and what their values are.
     *
     * @param sites functions of this file, at least one, that are to be one probe point
     * @param onReturn whether the return is meant, not the entry
     * @param captures what is to be read there
     * @param code the code of this file, which tells what names do not
     * @return how, or why not
     */
    public FunctionUse use(List<FunctionSymbol> sites, boolean onReturn, List<Capture> captures, FunctionCode code) {
        return onReturn || !captures.isEmpty()
                ? uses.get().of(sites, onReturn, captures, code)
                : new FunctionUse.Possible(List.of(), List.of(), Map.of());
    }

    /**
     * Why the values of arguments may not be those of the source, though it is known where they are: some compilers do not
     * pass what a function ignores.
     *
     * @param sites functions of this file, at least one
     * @param arguments in which of the registers for integers and pointers they are, counted from 1
     * @param code the code of this file
     * @return mostly empty
     */
    public List<Doubt> doubtsOfUnused(List<FunctionSymbol> sites, List<Integer> arguments, FunctionCode code) {
        return arguments.isEmpty() ? List.of() : uses.get().ofUnused(sites, arguments, code);
    }

    /**
     * The notes of marks that are no marks of this file.
     *
     * @return those that lead to nothing that can be probed, in their order; mostly empty
     */
    public List<LeftOutMark> leftOutMarks() {
        return unusableMarks.leftOut();
    }

    /**
     * Why firings of a mark may be no passes of it.
     *
     * @param mark a mark of this file
     * @return mostly empty
     */
    public List<Doubt> doubts(Mark mark) {
        return Stream.concat(FoldedMarks.doubts(mark, marks).stream(), SwitchedMarks.doubts(mark).stream())
                .toList();
    }

    /**
     * The debug information, of the file itself or of what was split from it. It is looked for at the first question.
     *
     * @return empty if there is none
     * @throws io.probeunit.internal.host.HostException if it cannot be read
     */
    public Optional<DebugInformation> debugInformation() {
        return debugInformation.get();
    }

    /** Says whether Go made the file, or a part of it. */
    boolean go() {
        return go;
    }

    /**
     * The labels.
     *
     * @return the names of places in the code to which the symbol table gives no type, ordered by address, then name
     */
    public List<FunctionSymbol> labels() {
        return labels;
    }

    /**
     * Says whether there are marks that cannot be read.
     *
     * @return true if the file has marks in a format of before SystemTap 1.4
     */
    public boolean hasOldMarks() {
        return unusableMarks.oldFormat();
    }

    /** Says whether several names of C that other files see, at one address, are names that the source gave one function. */
    boolean keepsFunctionsApart() {
        return functionsApart;
    }

    /**
     * Finds the functions that a name or glob stands for, with {@link #DEFAULT_LIMIT}.
     *
     * @param name name or glob
     * @return what was found, or why nothing can be probed
     */
    public FunctionLookup functions(NamePattern name) {
        return functions(name, DEFAULT_LIMIT);
    }

    /**
     * Finds the functions that a name or glob stands for.
     *
     * <p>All symbols of the name belong to it: functions of the same name in several source files, overloads and instances
     * of templates, and the clones that a compiler made ({@code foo.constprop.0}, {@code foo.isra.1}, {@code foo.part.2}).
     * Pieces that are no function of their own ({@code foo.cold}) are found by their whole name only. A symbol's version
     * ({@code @@GLIBC_2.14}) may be left out: then the default version is meant. Several names at one address are one
     * probe point.
     *
     * <p>Names of C++ and Rust may be given mangled, or as the source has them ({@code shop::Cart::add}), with parameters
     * and template arguments or without. A name that is that of a function to the letter is no glob, though it holds
     * {@code *} or {@code [}.
     *
     * @param name name or glob
     * @param limit the most probe points that may be found, at least 1
     * @return what was found, or why nothing can be probed
     */
    public FunctionLookup functions(NamePattern name, int limit) {
        return new FunctionFinder(this, names).find(name, limit);
    }

    /**
     * Finds the marks that a specification stands for, with {@link #DEFAULT_LIMIT}.
     *
     * @param mark provider, if given, and name
     * @return what was found, or why nothing can be probed
     */
    public MarkLookup marks(MarkSpec mark) {
        return marks(mark.provider(), mark.name(), DEFAULT_LIMIT);
    }

    /**
     * Finds the marks that a name or glob stands for.
     *
     * @param provider name or glob; empty for any, where a name that is no glob must then have one provider
     * @param name name or glob
     * @param limit the most sites that may be found, at least 1
     * @return what was found, or why nothing can be probed
     */
    public MarkLookup marks(Optional<NamePattern> provider, NamePattern name, int limit) {
        return new MarkFinder(this).find(provider, name, limit);
    }
}
