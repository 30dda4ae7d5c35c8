package io.probeunit.internal.stacks;

import io.probeunit.Frame;
import io.probeunit.internal.engine.CallStack;
import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.CopiedStack;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.unwind.Abi;
import io.probeunit.internal.unwind.ElfImage;
import io.probeunit.internal.unwind.Unwinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Finds out who called, from copies of stacks of a target's processes. Thread-safe. */
public final class StackReader {

    /** What the kernel puts in the place of a return address that a return probe waits at. */
    private static final String RETURN_PROBES = "[uprobes]";

    private final Host host;
    private final CodeFiles files;
    private volatile List<KernelWatch.Mapped> meanwhile = List.of();

    /**
     * Creates a reader.
     *
     * @param host where the target's processes and files are visible
     * @param target whose processes
     */
    public StackReader(Host host, Target target) {
        this.host = host;
        this.files = new CodeFiles(host, target);
    }

    /**
     * Takes what processes have mapped in a window; it is needed of those that have ended.
     *
     * @param parts instead of those before, in the order in which it was done
     */
    public void mapped(List<KernelWatch.Mapped> parts) {
        meanwhile = List.copyOf(parts);
    }

    /**
     * Looks at what the process has mapped now; walks the stack later.
     *
     * @param pid the process, by its number in the host's {@code /proc}
     * @param copy of a thread's stack, made a moment ago
     * @return walks it when it is asked
     */
    public Callers read(int pid, CopiedStack copy) {
        Optional<String> table =
                host.files().textIfThere("/proc/" + pid + "/maps").filter(text -> !text.isEmpty());
        AtomicReference<Optional<CallStack>> known = new AtomicReference<>(Optional.empty());
        return () -> known.updateAndGet(before -> before.or(() -> Optional.of(walk(pid, table, copy))))
                .orElseThrow();
    }

    private CallStack walk(int pid, Optional<String> table, CopiedStack copy) {
        List<MappedCode> mapped = table.map(MappedCode::read).orElseGet(() -> MappedCode.of(pid, meanwhile));
        if (mapped.isEmpty()) {
            return new CallStack(
                    List.of(), Optional.of("process %d ended before it was known what it had mapped".formatted(pid)));
        }
        Map<ElfImage, CodeFile> seen = new HashMap<>();
        Unwinder.Walk walk =
                new Unwinder(abi(), address -> code(pid, mapped, address, seen)).walk(copy.registers(), copy.memory());
        return new CallStack(
                walk.steps().stream()
                        .map(step -> new Frame(
                                name(step, seen),
                                step.code().path(),
                                step.code().offset(),
                                source(step, seen)))
                        .toList(),
                walk.cut());
    }

    private Unwinder.Code code(int pid, List<MappedCode> mapped, long address, Map<ElfImage, CodeFile> seen) {
        Optional<MappedCode> there = MappedCode.at(mapped, address);
        if (there.filter(MappedCode::isFile).isEmpty()) {
            return new Unwinder.Code.Unknown(noFile(address, there));
        }
        MappedCode code = there.get();
        return files.of(pid, code)
                .<Unwinder.Code>map(file -> {
                    seen.put(file.image(), file);
                    return new Unwinder.Code.OfFile(code.path(), code.place(address), file.image());
                })
                .orElseGet(() -> new Unwinder.Code.Unknown(
                        "the next frame is in %s, which cannot be read".formatted(code.path())));
    }

    private static String noFile(long address, Optional<MappedCode> there) {
        if (there.isEmpty()) {
            return "the next frame is at 0x%x, where the process has no code".formatted(address);
        }
        return there.get().name().equals(RETURN_PROBES)
                ? "a return probe hides the address of the next frame; without onReturn = true it is there"
                : "the next frame is in code of no file (%s)"
                        .formatted(
                                there.get().name().isEmpty()
                                        ? "made at run time"
                                        : there.get().name());
    }

    private static String name(Unwinder.Step step, Map<ElfImage, CodeFile> seen) {
        if (step.signal()) {
            return Frame.SIGNAL;
        }
        CodeFile file = seen.get(step.code().image());
        return file == null ? Frame.UNKNOWN : file.function(step.inFunction());
    }

    private static Optional<Frame.Source> source(Unwinder.Step step, Map<ElfImage, CodeFile> seen) {
        return step.signal()
                ? Optional.empty()
                : Optional.ofNullable(seen.get(step.code().image())).flatMap(file -> file.source(step.inFunction()));
    }

    private Abi abi() {
        return switch (host.calls().machine()) {
            case X86_64 -> Abi.X86_64;
            case AARCH64 -> Abi.AARCH64;
        };
    }
}
