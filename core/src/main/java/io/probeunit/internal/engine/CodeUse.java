package io.probeunit.internal.engine;

import io.probeunit.internal.binary.ElfRole;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.MappedPart;
import io.probeunit.internal.host.RunningProcess;
import io.probeunit.internal.host.WantedFiles;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.ProcessLook;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Finds out how the processes of a target use the probed files: a probe sees only code that the kernel maps from
 * exactly this file, and that the processor executes there.
 *
 * <p>An emulator (qemu-user, Rosetta, box64) maps the program as data, valgrind even as code, and both execute a translation.
 * No list of them is needed: a program is executed by the process that was begun with it, or by one that was begun with its
 * dynamic loader, and no other. A library is executed by a process whose own program has a dynamic loader.
 *
 * <p>It checks one moment; something that exists for less than a window may be missed. Thread-safe.
 */
public final class CodeUse {

    private static final String LIBRARY = ".so";

    private final Host host;
    private final Target target;
    private final ProcessLook processes;
    private final Map<FileIdentity, Optional<ElfRole>> roles = new ConcurrentHashMap<>();

    /**
     * Prepares to look.
     *
     * @param host that the target was resolved on
     * @param target whose processes
     */
    public CodeUse(Host host, Target target) {
        this.host = host;
        this.target = target;
        this.processes = new ProcessLook(host, target);
    }

    /**
     * Code that is probed.
     *
     * @param file where it is
     * @param offsets of the probed instructions in the file
     * @param name the name by which the file was looked up: a bare one, or that of a link that leads to a file of another
     *     name; empty if the file's own path was given, or nothing
     */
    public record Code(TargetFile file, Set<Long> offsets, Optional<String> name) {

        /** Keeps a copy. */
        public Code {
            offsets = Set.copyOf(offsets);
        }
    }

    /**
     * A use that probes do not see.
     *
     * @param code of what
     * @param doubt that it makes
     * @param certain false if a process that was just beginning or ending may look the same
     */
    public record Unseen(Code code, Doubt doubt, boolean certain) {}

    /**
     * What the processes are seen to do at a moment.
     *
     * @param unseen uses that probes do not see; mostly empty
     * @param lasting whether that changes only when a process maps something: none of them has code that it could move over
     *     that of the file, as {@code mremap} does, of which the kernel tells nothing
     */
    public record Sight(List<Unseen> unseen, boolean lasting) {

        /** Keeps a copy. */
        public Sight {
            unseen = List.copyOf(unseen);
        }
    }

    /**
     * Looks at the processes now.
     *
     * @param wanted what is probed
     * @return how they use it
     */
    public Sight look(Collection<Code> wanted) {
        List<RunningProcess> running = processes.look(wantedFiles(wanted));
        List<Unseen> unseen = new ArrayList<>();
        Set<TargetFile> probed = files(wanted);
        for (Code code : wanted) {
            for (RunningProcess process : running) {
                unseenIn(process, code).ifPresent(unseen::add);
                namesake(process, code, probed).ifPresent(unseen::add);
            }
        }
        return new Sight(unseen, running.stream().noneMatch(RunningProcess::otherCode));
    }

    /**
     * Looks at what processes have mapped meanwhile, though they may have ended. Whether they have moved their code is not
     * seen by that.
     *
     * @param wanted what is probed
     * @param mapped in the order in which it was done
     * @return uses that probes do not see; mostly empty
     */
    public List<Unseen> unseen(Collection<Code> wanted, List<KernelWatch.Mapped> mapped) {
        List<Unseen> unseen = new ArrayList<>();
        Set<TargetFile> probed = files(wanted);
        for (RunningProcess process : new MappedMeanwhile(host, target).processes(mapped, wantedFiles(wanted))) {
            for (Code code : wanted) {
                translated(process, code, parts(process, code.file())).ifPresent(unseen::add);
                namesake(process, code, probed).ifPresent(unseen::add);
            }
        }
        return unseen;
    }

    /**
     * Says whether a file is only ever read by processes that execute it in their own way.
     *
     * @param file of the target
     * @return what such a process executes itself; empty also if no process uses the file
     */
    public Optional<String> onlyTranslatedBy(TargetFile file) {
        Code code = new Code(file, Set.of(), Optional.empty());
        List<RunningProcess> using = processes.look(wantedFiles(List.of(code))).stream()
                .filter(process -> isLoaded(process, parts(process, file)))
                .toList();
        return using.stream().allMatch(process -> translates(process, file))
                ? using.stream().map(RunningProcess::program).findFirst()
                : Optional.empty();
    }

    /** Few, however many points there are. */
    private static Set<TargetFile> files(Collection<Code> wanted) {
        return wanted.stream().map(Code::file).collect(Collectors.toSet());
    }

    private static WantedFiles wantedFiles(Collection<Code> wanted) {
        Set<Long> inodes = new HashSet<>();
        Set<String> names = new HashSet<>();
        boolean executed = false;
        for (Code code : wanted) {
            inodes.add(code.file().identity().inode());
            names.add(fileName(code.file().path()));
            code.name().ifPresent(names::add);
            // a library may call itself so, whatever the name of its file
            executed |= code.name().filter(name -> name.contains(LIBRARY)).isPresent();
        }
        return new WantedFiles(inodes, names, executed);
    }

    private Optional<Unseen> unseenIn(RunningProcess process, Code code) {
        List<MappedPart> parts = parts(process, code.file());
        if (!isLoaded(process, parts)) {
            return Optional.empty();
        }
        Optional<Unseen> translated = translated(process, code, parts);
        if (translated.isPresent()) {
            return translated;
        }
        boolean there = code.offsets().stream()
                .allMatch(at -> parts.stream().anyMatch(part -> takesProbes(part) && part.holds(at)));
        return there
                ? Optional.empty()
                : Optional.of(new Unseen(
                        code,
                        Doubt.missed(
                                "%s of container %s does not execute this code from %s as it was mapped by the loader: it was moved to other memory (to huge pages, for example) or made writable, where the kernel places no probe. Start it without that (php: opcache.huge_code_pages=0; node: without --use-largepages)"
                                        .formatted(
                                                describe(process),
                                                target.name(),
                                                code.file().path())),
                        false));
    }

    private Optional<Unseen> translated(RunningProcess process, Code code, List<MappedPart> parts) {
        return isLoaded(process, parts) && translates(process, code.file())
                ? Optional.of(new Unseen(
                        code,
                        Doubt.missed(
                                "%s of container %s reads %s and executes it in its own way, as emulators and valgrind do: calls there pass no probe. Run the program itself"
                                        .formatted(
                                                describe(process),
                                                target.name(),
                                                code.file().path())),
                        false))
                : Optional.empty();
    }

    /** As valid_vma() of the kernel has it; kernel/events/uprobes.c. */
    private static boolean takesProbes(MappedPart part) {
        return part.executable() && !part.writable() && !part.shared();
    }

    /** Another file of the name that is meant: its calls may be those that the test asks about. */
    private Optional<Unseen> namesake(RunningProcess process, Code code, Set<TargetFile> probed) {
        return code.name()
                .flatMap(name -> process.parts().stream()
                        .filter(MappedPart::executable)
                        .filter(part -> !isProbed(part, code, probed) && hasName(part, name, code.file()))
                        .findFirst()
                        .map(part -> new Unseen(
                                code,
                                Doubt.missed(
                                        "%s of container %s runs another file of the name %s: %s%s, which has no probe; the probe is in %s. Give the absolute path of the right one, without links"
                                                .formatted(
                                                        describe(process),
                                                        target.name(),
                                                        name,
                                                        part.path(),
                                                        part.deleted() ? " (deleted or replaced)" : "",
                                                        code.file().path())),
                                true)));
    }

    /** The file, or the one that it has replaced while processes run it. */
    private static boolean isProbed(MappedPart part, Code code, Set<TargetFile> probed) {
        return probed.stream()
                .filter(file -> file.path().equals(code.file().path()))
                .anyMatch(file -> isOf(part, file));
    }

    private boolean hasName(MappedPart part, String name, TargetFile file) {
        return part.fileName().equals(name)
                || part.fileName().equals(fileName(file.path()))
                || name.contains(LIBRARY)
                        && role(part.hostPath(), part.file())
                                .map(ElfRole::soname)
                                .filter(soname -> soname.equals(name) || isOfLibrary(soname, file))
                                .isPresent();
    }

    private boolean isOfLibrary(String soname, TargetFile file) {
        return !soname.isEmpty()
                && role(file.hostPath(), file.identity())
                        .filter(role -> role.soname().equals(soname))
                        .isPresent();
    }

    /** Not merely read: a reader maps a file once, a program or library has several parts, or one for execution. */
    private static boolean isLoaded(RunningProcess process, List<MappedPart> parts) {
        return !parts.isEmpty()
                && (parts.stream().anyMatch(part -> part.executable() || part.writable())
                        || parts.stream().map(MappedPart::offset).distinct().count() > 1);
    }

    private boolean translates(RunningProcess process, TargetFile file) {
        if (process.executes().isEmpty()
                || process.executes()
                        .filter(exe -> exe.isSameFile(file.identity()))
                        .isPresent()) {
            return false;
        }
        Optional<ElfRole> own = process.executes().flatMap(exe -> role(programPath(process, exe), exe));
        Optional<ElfRole> probed = role(file.hostPath(), file.identity());
        if (own.isEmpty() || probed.isEmpty()) {
            return false;
        }
        boolean isLoader = !own.get().program();
        return !isLoader && (probed.get().program() || !own.get().interpreted());
    }

    /** A process that has ended has no link any more; what it was may still be at its path. */
    private String programPath(RunningProcess process, FileIdentity exe) {
        String link = "/proc/%d/exe".formatted(process.pid());
        return host.files().identity(link).filter(exe::isSameFile).isPresent()
                ? link
                : MappedMeanwhile.seen(target, process.program());
    }

    private static List<MappedPart> parts(RunningProcess process, TargetFile file) {
        return process.parts().stream().filter(part -> isOf(part, file)).toList();
    }

    private static boolean isOf(MappedPart part, TargetFile file) {
        return part.file().isSameFile(file.identity());
    }

    private Optional<ElfRole> role(String hostPath, FileIdentity identity) {
        Optional<ElfRole> known = roles.getOrDefault(identity, Optional.empty());
        if (known.isPresent()) {
            return known;
        }
        try {
            Optional<ElfRole> read = ElfRole.read(host.files().content(hostPath));
            roles.put(identity, read);
            return read;
        } catch (HostException ended) {
            return Optional.empty();
        }
    }

    private static String describe(RunningProcess process) {
        return "process %d (%s)".formatted(process.pid(), process.program());
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
