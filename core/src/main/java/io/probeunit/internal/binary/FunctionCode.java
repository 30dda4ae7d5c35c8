package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.plan.Doubt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Examines the code of those functions of a file that will be probed, and no others. Thread-safe; each function is
 * looked at once.
 */
public final class FunctionCode {

    /** Where the end of a function is not known at all. */
    private static final int GUESSED_SIZE = 1 << 16;

    /** Linux 6.18 and later, {@code arch/x86/kernel/uprobes.c}, {@code is_nop5_insn}. */
    private static final int NOP_THAT_BECOMES_A_CALL = 5;

    private static final String MORE_STACK = "runtime.morestack";

    private final BinaryFile file;
    private final Optional<InstructionSet> instructions;
    private final FileContent content;
    private final Map<FunctionSymbol, ProbedFunction> looked = new ConcurrentHashMap<>();

    /**
     * For one file.
     *
     * @param file what was read of it
     * @param content the same file, of which the code is read when it is looked at
     */
    public FunctionCode(BinaryFile file, FileContent content) {
        this.file = file;
        this.content = content;
        instructions = InstructionSet.of(file.architecture());
    }

    /**
     * Says how a function can be probed.
     *
     * @param function one of the file's
     * @return as it is where nothing is known of the instructions
     */
    public ProbedFunction look(FunctionSymbol function) {
        return instructions
                .map(set -> looked.computeIfAbsent(function, f -> look(f, set)))
                .orElseGet(() -> ProbedFunction.plain(function));
    }

    /**
     * Leaves out constructors and destructors that call another kind of themselves, which would count a call again.
     *
     * @param functions some of the file's, which belong to one name
     * @return those of which each call counts once
     */
    public List<FunctionSymbol> countedOnce(List<FunctionSymbol> functions) {
        // of all functions of a program there are many pairs, and few kinds of one
        Map<String, List<FunctionSymbol>> kinds = Aliases.byKinds(functions);
        return functions.stream()
                .filter(function -> !Aliases.hasKinds(function)
                        || Aliases.kindsOf(function, kinds).stream()
                                .noneMatch(other -> Aliases.areKindsOfOne(function, other) && calls(function, other)))
                .toList();
    }

    /**
     * Says whether a destructor that also frees the memory may call another one of the same class. In a library this call leads
     * to the procedure linkage table, and not to a function of the file. Or the other one is copied into it: then it calls
     * what the other one calls, and one function more, which frees.
     *
     * @param functions all that are counted together
     * @return says so of each of them
     */
    public Function<FunctionSymbol, Optional<Doubt>> mayCallThemselves(List<FunctionSymbol> functions) {
        Map<String, List<FunctionSymbol>> kinds = Aliases.byKinds(functions);
        return function -> mayCallItself(function, kinds);
    }

    private Optional<Doubt> mayCallItself(FunctionSymbol function, Map<String, List<FunctionSymbol>> kinds) {
        if (!Aliases.isDeleting(function)) {
            return Optional.empty();
        }
        return Aliases.kindsOf(function, kinds).stream()
                .filter(other -> Aliases.areKindsOfOne(function, other) && !isCopied(other, function))
                .findFirst()
                .map(other -> Doubt.repeated(
                        "%s frees the memory and may call %s, so one destruction can cause two firings; name one of them by its mangled name"
                                .formatted(function.name(), other.name())));
    }

    private boolean isCopied(FunctionSymbol function, FunctionSymbol into) {
        return instructions
                .filter(set -> {
                    List<Integer> all = callsToElsewhere(set, into);
                    List<Integer> copied = callsToElsewhere(set, function);
                    // with one call, that may be the one that frees, and the other one calls the function
                    boolean sure = copied.size() != 1 && all.size() == copied.size() + 1;
                    return all.isEmpty() || sure && all.containsAll(copied);
                })
                .isPresent();
    }

    /** What its code calls, or jumps to, that is no function of the file; its own place for what is only known at run time. */
    private List<Integer> callsToElsewhere(InstructionSet set, FunctionSymbol function) {
        FunctionBody body = body(set, function);
        return body.instructions().stream()
                .filter(placed -> placed.instruction().leadsToValue()
                        || placed.instruction().flow() == Instruction.Flow.CALL
                        || placed.instruction().jumps() && body.leaves(placed))
                .map(placed -> placed.instruction().leadsToValue() ? body.start() : placed.target())
                .filter(target -> target == body.start() || !isInFunction(function, target))
                .toList();
    }

    private boolean isInFunction(FunctionSymbol near, int place) {
        long address = addressOf(near, place);
        return holding(near, place)
                .filter(function -> Long.compareUnsigned(address, function.address() + function.size()) < 0)
                .isPresent();
    }

    private boolean calls(FunctionSymbol function, FunctionSymbol other) {
        return instructions
                .filter(set -> body(set, function).instructions().stream()
                        .anyMatch(placed -> placed.instruction().flow() != Instruction.Flow.NEXT
                                && placed.target() == other.fileOffset()))
                .isPresent();
    }

    /** What the code of a function tells of its values; empty where nothing is known of the instructions. */
    Optional<ValuesInCode> values(FunctionSymbol function) {
        return instructions
                .filter(set -> file.architecture() == Architecture.X86_64)
                .map(set -> {
                    FunctionBody body = body(set, function);
                    ArgumentUse arguments = ArgumentUse.of(content, body);
                    return new ValuesInCode(
                            HiddenParameters.of(content, body, arguments), arguments, ReturnedByCode.of(content, body));
                });
    }

    /**
     * Says how a site of a mark stands in the code of its function.
     *
     * @param site one of the file's
     * @return {@link MarkStanding#PLAIN} where nothing is known of the instructions, or of the function
     */
    public MarkStanding standing(MarkSite site) {
        return instructions.map(set -> standing(site, set)).orElse(MarkStanding.PLAIN);
    }

    private MarkStanding standing(MarkSite site, InstructionSet set) {
        int place = (int) site.fileOffset();
        int index = firstFrom(site.address() + 1) - 1;
        if (index >= 0) {
            FunctionSymbol function = file.functions().get(index);
            boolean holds = site.address() - function.address() < function.size();
            if (holds
                    && FunctionBody.read(content, set, function.fileOffset(), place)
                            .runsOver(place)) {
                return MarkStanding.WITHIN_AN_INSTRUCTION;
            }
        }
        return set.read(content, place, content.limit())
                .filter(instruction -> instruction.isNop() && instruction.length() == NOP_THAT_BECOMES_A_CALL)
                .map(nop -> MarkStanding.ON_FIVE_BYTES)
                .orElse(MarkStanding.PLAIN);
    }

    private ProbedFunction look(FunctionSymbol function, InstructionSet set) {
        if (!mayBeginAgain(set, function)) {
            return new ProbedFunction(function, List.of(), refusal(set, function));
        }
        FunctionBody body = body(set, function);
        List<FunctionBody.Placed> back = body.jumpsTo(body.start());
        List<FunctionSymbol> pieces = coldPieces(function, body).stream()
                .filter(piece -> !body(set, piece).jumpsTo(body.start()).isEmpty())
                .toList();
        OptionalInt check = pieces.isEmpty() && !back.isEmpty()
                ? GoStackCheck.length(body, place -> isMoreStack(function, place))
                : OptionalInt.empty();
        if (check.isPresent()) {
            FunctionSymbol behind = function.probedBehind(check.getAsInt());
            return new ProbedFunction(behind, List.of(), refusal(set, behind));
        }
        return new ProbedFunction(
                function,
                back.isEmpty() && pieces.isEmpty() ? List.of() : List.of(repeated(function)),
                refusal(set, function));
    }

    /** Whether something in it may be a jump to its begin, or to a cold piece; mostly false. */
    private boolean mayBeginAgain(InstructionSet set, FunctionSymbol function) {
        int start = (int) function.fileOffset();
        int end = (int) Math.min(start + size(function), content.limit());
        return set.mayJump(
                content,
                start,
                end,
                place -> place == start
                        || (place < start || place >= end)
                                && place >= 0
                                && place < content.limit()
                                && isCold(function, place));
    }

    private static Doubt repeated(FunctionSymbol function) {
        return Doubt.repeated(
                "%s jumps to its own first instruction (a loop, or a recursive call that became a jump), so one call can cause several firings; probe a function that calls it or that it calls once, or build it with -fcf-protection or -O1"
                        .formatted(function.sourceName()));
    }

    private Optional<String> refusal(InstructionSet set, FunctionSymbol function) {
        int at = (int) function.probeOffset();
        return set.read(content, at, content.limit())
                .flatMap(KernelLimits::refusal)
                .map("its first instruction "::concat);
    }

    /** Says whether it begins as functions do that were compiled without optimisation. */
    boolean beginsUnoptimised(FunctionSymbol function) {
        return Origin.isUnoptimised(content, function.fileOffset());
    }

    private FunctionBody body(InstructionSet set, FunctionSymbol function) {
        return FunctionBody.read(content, set, function.fileOffset(), function.fileOffset() + size(function));
    }

    /** One whose size is not told ends where the next one begins; labels that no other file sees are within one. */
    private long size(FunctionSymbol function) {
        if (function.size() > 0) {
            return function.size();
        }
        List<FunctionSymbol> all = file.functions();
        int next = firstFrom(function.address() + 1);
        long size = next < all.size() ? all.get(next).address() - function.address() : GUESSED_SIZE;
        return file.labels().stream()
                .filter(label -> label.binding() != FunctionSymbol.Binding.LOCAL)
                .mapToLong(label -> label.address() - function.address())
                .filter(behind -> behind > 0)
                .reduce(Math.min(size, GUESSED_SIZE), Math::min);
    }

    /** The index of the first function at an address or behind it. */
    private int firstFrom(long address) {
        List<FunctionSymbol> all = file.functions();
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(all.get(middle).address(), address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The pieces that a compiler moved away because they run rarely: only their function jumps there. */
    private List<FunctionSymbol> coldPieces(FunctionSymbol function, FunctionBody body) {
        List<FunctionSymbol> pieces = new ArrayList<>();
        for (int exit : body.exits()) {
            holding(function, exit)
                    .filter(piece -> FunctionNames.isColdPiece(piece.name()))
                    .ifPresent(pieces::add);
        }
        return pieces.stream().distinct().toList();
    }

    private boolean isCold(FunctionSymbol near, int place) {
        return holding(near, place)
                .filter(piece -> FunctionNames.isColdPiece(piece.name()))
                .isPresent();
    }

    private Optional<FunctionSymbol> holding(FunctionSymbol near, int place) {
        int index = firstFrom(addressOf(near, place) + 1) - 1;
        return index < 0 ? Optional.empty() : Optional.of(file.functions().get(index));
    }

    private boolean isMoreStack(FunctionSymbol near, int place) {
        long address = addressOf(near, place);
        List<FunctionSymbol> all = file.functions();
        for (int i = firstFrom(address); i < all.size() && all.get(i).address() == address; i++) {
            if (all.get(i).name().startsWith(MORE_STACK)) {
                return true;
            }
        }
        return false;
    }

    /** Both lie in one segment. */
    private static long addressOf(FunctionSymbol near, int place) {
        return place - near.fileOffset() + near.address();
    }
}
