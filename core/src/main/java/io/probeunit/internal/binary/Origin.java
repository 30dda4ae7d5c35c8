package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Traces of the tools that made a file. Immutable. */
final class Origin {

    /** The Go linker's own, which stay when a program is stripped. */
    private static final List<String> GO_SECTIONS = List.of(".gopclntab", ".note.go.buildid", ".go.buildinfo");

    /**
     * The text in {@code .comment} of tools that can fold functions which other files see; gold has a separate note.
     */
    private static final List<String> FOLDING_TOOLS = List.of("LLD", "mold", "clang", "rustc", "LLVM");

    private static final String GOLD = ".note.gnu.gold-version";
    private static final int LONGEST_COMMENT = 65_536;

    /** Nothing is known. */
    static final Origin UNKNOWN = new Origin(false, Code.NONE, new long[0], false, false);

    /** Addresses, the end excluded. */
    private record Code(long from, long to) {
        static final Code NONE = new Code(0, 0);

        boolean has(long address) {
            return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0;
        }
    }

    private final boolean go;
    private final Code goCode;
    private final long[] reshaped;
    private final boolean apart;
    private final boolean llvm;

    private Origin(boolean go, Code goCode, long[] reshaped, boolean apart, boolean llvm) {
        this.go = go;
        this.goCode = goCode;
        this.reshaped = reshaped;
        this.apart = apart;
        this.llvm = llvm;
    }

    static Origin read(Sections sections, FileContent content, SymbolTables symbols) {
        boolean go = GO_SECTIONS.stream().anyMatch(name -> sections.named(name).isPresent());
        Code goCode = go ? new Code(only(symbols, "runtime.text"), only(symbols, "runtime.etext")) : Code.NONE;
        String comment = comment(sections, content);
        boolean llvm = comment.contains("clang version") || comment.contains("rustc version");
        long[] reshaped = comment.contains("clang version") ? symbols.internalFunctions() : new long[0];
        boolean apart = comment.contains("GCC: ")
                && FOLDING_TOOLS.stream().noneMatch(comment::contains)
                && sections.named(GOLD).isEmpty();
        return new Origin(go, goCode, reshaped, apart, llvm);
    }

    /** Says whether the Go linker made the file. */
    boolean go() {
        return go;
    }

    /**
     * Says whether functions that other files see surely have code of their own: GNU ld folds none, and GCC, whose
     * {@code -fipa-icf} must keep their addresses different, writes a jump. Several such names at one address are of the source.
     */
    boolean keepsFunctionsApart() {
        return apart;
    }

    /** Says whether Go made a function: what cgo adds to the file is code of C. */
    boolean isGo(FunctionSymbol function) {
        if (!go) {
            return false;
        }
        return goCode.equals(Code.NONE) ? function.baseName().indexOf('.', 1) >= 0 : goCode.has(function.address());
    }

    /**
     * Says whether a compiler that changes a function's parameters without changing its name may have done so: LLVM's
     * DeadArgumentElimination and ArgumentPromotion do, to functions that no other file can call.
     */
    boolean mayBeReshaped(FunctionSymbol function) {
        return Arrays.binarySearch(reshaped, function.address()) >= 0;
    }

    /**
     * Says whether callers may have left out arguments that a function does not use: LLVM's DeadArgumentElimination does so
     * in the file of the function, also where other files can call it.
     */
    boolean mayLeaveOutArguments() {
        return llvm;
    }

    private static long only(SymbolTables symbols, String name) {
        Set<Long> addresses = symbols.addresses(name);
        return addresses.size() == 1 ? addresses.iterator().next() : 0;
    }

    private static String comment(Sections sections, FileContent content) {
        return sections.named(".comment")
                .filter(Sections.Header::inFile)
                .map(section -> {
                    byte[] bytes = new byte[(int) Math.min(section.size(), LONGEST_COMMENT)];
                    content.get((int) section.offset(), bytes);
                    return new String(bytes, StandardCharsets.ISO_8859_1);
                })
                .orElse("");
    }

    /**
     * Says whether a function begins as Clang's do without optimisation, which then changes no parameters: with a frame
     * pointer, and at once an argument's register is stored in the frame. x86-64 alone; no other code begins with these bytes.
     */
    static boolean isUnoptimised(FileContent content, long offset) {
        if (offset > content.limit() - 32) {
            return false;
        }
        int at = (int) offset;
        at += is(content, at, 0xf3, 0x0f, 0x1e, 0xfa) ? 4 : 0;
        if (!is(content, at, 0x55, 0x48, 0x89, 0xe5)) {
            return false;
        }
        at += 4;
        at += is(content, at, 0x48, 0x83, 0xec) ? 4 : is(content, at, 0x48, 0x81, 0xec) ? 7 : 0;
        return storesArgument(content, at);
    }

    private static boolean storesArgument(FileContent content, int start) {
        int at = start + (is(content, start, 0x66) ? 1 : 0);
        int prefix = content.get(at) & 0xff;
        boolean extended = (prefix & 0xf0) == 0x40;
        at += extended ? 1 : 0;
        int opcode = content.get(at) & 0xff;
        int operands = content.get(at + 1) & 0xff;
        int register = (operands >> 3 & 7) + (extended && (prefix & 4) != 0 ? 8 : 0);
        boolean inFrame = (operands & 7) == 5 && (operands >> 6 == 1 || operands >> 6 == 2);
        // edi, esi, edx, ecx, r8, r9
        return (opcode == 0x88 || opcode == 0x89)
                && inFrame
                && List.of(7, 6, 2, 1, 8, 9).contains(register);
    }

    private static boolean is(FileContent content, int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if ((content.get(at + i) & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
