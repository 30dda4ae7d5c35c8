package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.binary.FunctionCode;
import io.probeunit.internal.binary.FunctionLookup;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.FunctionUse;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.MarkLookup;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a test names in the binaries of a target. Reads each binary once. Thread-safe. */
public final class PointResolver {

    /** Programs that are looked into for advice. */
    private static final int MOST_OTHERS = 5;

    private final Host host;
    private final TargetFiles targetFiles;
    private final Duration patienceForHints;
    private final Map<Key, Known> binaries = new ConcurrentHashMap<>();

    /**
     * Creates a resolver.
     *
     * @param host where the targets' files are visible
     */
    public PointResolver(Host host) {
        this(host, Duration.ofSeconds(1));
    }

    PointResolver(Host host, Duration patienceForHints) {
        this.host = host;
        this.targetFiles = new TargetFiles(host);
        this.patienceForHints = patienceForHints;
    }

    /**
     * Resolves one request.
     *
     * @param target the container
     * @param request what an annotation asks for
     * @return the points
     * @throws ProbeException if the binary, the function, the mark or one of its arguments does not exist
     */
    public Resolved resolve(Target target, ProbeRequest request) {
        return resolve(target, request, targetFiles.find(target, request.point().binary()), false);
    }

    /**
     * Resolves a request of a coverage. A glob may match more points, up to {@link BinaryFile#COVERAGE_LIMIT}, and goes without
     * those that cannot be probed.
     *
     * @param target the container
     * @param request without captures
     * @return the points, and what is left out
     * @throws ProbeException if the binary does not exist, or nothing can be probed
     */
    public Resolved cover(Target target, ProbeRequest request) {
        return resolve(target, request, targetFiles.find(target, request.point().binary()), true);
    }

    /**
     * Resolves several requests as of one moment: each binary is looked up once.
     *
     * @param target the container
     * @return resolves one request as {@link #resolve(Target, ProbeRequest)} does; for one thread, and not for long
     */
    public Function<ProbeRequest, Resolved> resolveNow(Target target) {
        Map<BinarySelector, TargetFile> found = new HashMap<>();
        return request -> resolve(
                target,
                request,
                found.computeIfAbsent(request.point().binary(), binary -> targetFiles.find(target, binary)),
                false);
    }

    /**
     * Reads a binary, or remembers it.
     *
     * @param target the container
     * @param file a file of it
     * @return what it offers
     * @throws ProbeException if it is no binary
     */
    public BinaryFile read(Target target, TargetFile file) {
        return known(target, file).file();
    }

    /**
     * Reads the build-id of a binary, or remembers it.
     *
     * @param target the container
     * @param file a file of it
     * @return empty if it has none
     * @throws ProbeException if it is no binary
     */
    public Optional<String> buildId(Target target, TargetFile file) {
        return read(target, file).buildId();
    }

    /**
     * Possible reasons why points did not fire. Takes a second, and not much longer.
     *
     * @param target the container
     * @param points what an annotation was resolved to
     * @return guesses, in sentences without full stops; none where nothing is known
     */
    public List<String> hints(Target target, List<ProbePoint> points) {
        return new SilentFunctions(targetFiles, this::read, patienceForHints).hints(target, points);
    }

    private Resolved resolve(Target target, ProbeRequest request, TargetFile file, boolean coverage) {
        Resolved found = resolveIn(target, request, file, coverage);
        return targetFiles
                .successor(target, file)
                .map(next -> inBoth(found, target, request, next, coverage))
                .orElse(found);
    }

    /** A file was replaced while a process runs it: processes that are started now run the new one. */
    private Resolved inBoth(Resolved old, Target target, ProbeRequest request, TargetFile next, boolean coverage) {
        List<ProbePoint> points = new ArrayList<>(old.points());
        List<String> notes = new ArrayList<>(old.notes());
        List<Resolved.LeftOut> leftOut = new ArrayList<>(old.leftOut());
        String is = "%s: the file that is at %s now is ".formatted(request.declaration(), next.path());
        try {
            Resolved found = resolveIn(target, request, next, coverage);
            points.addAll(found.points());
            notes.addAll(found.notes());
            leftOut.addAll(found.leftOut());
            notes.add(is + "probed as well");
        } catch (ProbeException e) {
            notes.add(is + "not probed, and programs that are started from it do not count: " + e.getMessage());
        }
        return new Resolved(
                points,
                notes.stream().distinct().toList(),
                leftOut.stream().distinct().toList());
    }

    private Resolved resolveIn(Target target, ProbeRequest request, TargetFile file, boolean coverage) {
        PointSpec spec = request.point();
        Known binary = known(target, file);
        try {
            Asked asked = new Asked(file, spec, request.captures(), filters(request), coverage);
            Resolved answer = binary.answers().computeIfAbsent(asked, a -> find(binary, a));
            return new Resolved(
                    answer.points(),
                    answer.notes().stream()
                            .map(note -> request.declaration() + ": " + note)
                            .toList(),
                    answer.leftOut());
        } catch (HostException e) {
            throw unread(target, file, e);
        } catch (ProbeException e) {
            throw new ProbeException(
                    "%s: %s (%s in target %s)%s"
                            .formatted(
                                    request.declaration(),
                                    e.getMessage(),
                                    file.path(),
                                    target.name(),
                                    target.isMain(spec.binary()) ? elsewhere(target, spec, file) : ""),
                    e);
        }
    }

    private static Resolved find(Known binary, Asked asked) {
        List<String> notes = new ArrayList<>();
        List<Resolved.LeftOut> leftOut = new ArrayList<>();
        asked.file().note().ifPresent(notes::add);
        List<ProbePoint> points = asked.spec() instanceof FunctionSpec function
                ? functions(function, binary, asked, notes, leftOut)
                : marks((MarkSpec) asked.spec(), binary, asked, notes, leftOut);
        return new Resolved(points, notes, leftOut);
    }

    /** The program that is meant may be a child of the first process, or come later. */
    private String elsewhere(Target target, PointSpec spec, TargetFile main) {
        String advice = " No binary is named, so ProbeUnit looked into %s, which the container's main process runs now."
                .formatted(main.path());
        List<TargetFile> others = targetFiles.otherExecutables(target, MOST_OTHERS);
        List<String> having = others.stream()
                .filter(other -> has(target, other, spec))
                .map(TargetFile::path)
                .toList();
        if (!having.isEmpty()) {
            return advice + " Another program of the container has it: binary = \"%s\".".formatted(having.get(0));
        }
        return advice
                + " If a script starts the program by exec later, let the container wait for it (wait strategy)."
                + (others.isEmpty()
                        ? ""
                        : " Other programs that run there: %s."
                                .formatted(others.stream().map(TargetFile::path).collect(Collectors.joining(", "))));
    }

    private boolean has(Target target, TargetFile file, PointSpec spec) {
        try {
            BinaryFile binary = known(target, file).file();
            return spec instanceof FunctionSpec function
                    ? binary.functions(function.function()) instanceof FunctionLookup.Found
                    : binary.marks((MarkSpec) spec) instanceof MarkLookup.Found;
        } catch (ProbeException | HostException unreadable) {
            return false;
        }
    }

    private Known known(Target target, TargetFile file) {
        Key key = new Key(target.containerId(), file.hostPath());
        try {
            return binaries.compute(
                    key,
                    (k, known) -> known != null && known.of().equals(file.identity()) ? known : readNow(target, file));
        } catch (HostException e) {
            throw unread(target, file, e);
        } catch (BinaryException e) {
            throw new ProbeException("Target %s: %s".formatted(target.name(), e.getMessage()), e);
        }
    }

    private Known readNow(Target target, TargetFile file) {
        FileContent content = host.files().content(file.hostPath());
        BinaryFile binary = BinaryReader.read(content, file.path(), path -> targetFiles.content(target, path));
        unchanged(target, file);
        new ForeignCode(host).refuse(target, file, binary);
        return new Known(file.identity(), binary, new FunctionCode(binary, content), new ConcurrentHashMap<>());
    }

    /** What is read while somebody writes is neither the old file nor the new one. */
    private void unchanged(Target target, TargetFile file) {
        if (!host.files().identity(file.hostPath()).equals(Optional.of(file.identity()))) {
            throw changed(target, file);
        }
    }

    private RuntimeException unread(Target target, TargetFile file, HostException why) {
        return host.files()
                        .identity(file.hostPath())
                        .filter(now -> !now.equals(file.identity()))
                        .isPresent()
                ? changed(target, file)
                : why;
    }

    private static ProbeException changed(Target target, TargetFile file) {
        return new ProbeException(
                "%s in target %s was changed while it was read (PU1033). Let the container settle before the test method runs."
                        .formatted(file.path(), target.name()));
    }

    private static List<ProbePoint> functions(
            FunctionSpec spec, Known binary, Asked asked, List<String> notes, List<Resolved.LeftOut> leftOut) {
        FunctionLookup lookup = binary.file().functions(spec.function(), asked.limit());
        if (lookup instanceof FunctionLookup.Failed failed) {
            throw new ProbeException(failed.message());
        }
        FunctionLookup.Found found = ExaminedFunctions.examine((FunctionLookup.Found) lookup, binary.code());
        if (asked.coverage()) {
            leftOut.addAll(ExaminedFunctions.leftOut((FunctionLookup.Found) lookup, binary.code()));
            leftOut.addAll(indirect(spec.function(), binary.file()));
        } else {
            notes.addAll(found.notes());
        }
        List<FunctionSymbol> sites = found.sites();
        Map<String, List<FunctionSymbol>> byName = sites.stream()
                .collect(Collectors.groupingBy(
                        s -> found.several() ? nameOf(s, spec) : spec.function().text(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Slot> slots = slots(asked.captures());
        List<ProbePoint> points = new ArrayList<>();
        byName.forEach((name, its) -> {
            DeclaredValues declared = DeclaredValues.of(binary.file(), its, spec.onReturn(), values(asked.captures()));
            declared.check(asked.filters());
            FunctionUse.Possible use = use(binary, its, spec.onReturn(), declared.others());
            use.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
            List<Doubt> doubts = Stream.of(
                            found.doubts(its),
                            use.doubts(),
                            binary.file().doubtsOfUnused(its, declared.arguments(), binary.code()))
                    .flatMap(List::stream)
                    .toList();
            points.add(new ProbePoint.Function(
                    name,
                    spec.onReturn(),
                    its,
                    asked.file(),
                    slots,
                    asked.filters(),
                    doubts,
                    use.registers(),
                    declared.operands()));
        });
        return points;
    }

    static List<Resolved.LeftOut> indirect(NamePattern name, BinaryFile file) {
        return file.indirectFunctions().stream()
                .map(FunctionSymbol::baseName)
                .filter(name::matches)
                .distinct()
                .map(one -> new Resolved.LeftOut(
                        one, "it is chosen at run time (IFUNC): a probe would see the choice, not the calls"))
                .toList();
    }

    private static FunctionUse.Possible use(
            Known binary, List<FunctionSymbol> sites, boolean onReturn, List<Capture> captures) {
        FunctionUse use = binary.file().use(sites, onReturn, captures, binary.code());
        if (use instanceof FunctionUse.Refused refused) {
            throw new ProbeException(refused.message());
        }
        return (FunctionUse.Possible) use;
    }

    /** A glob over parameters tells overloads apart. */
    private static String nameOf(FunctionSymbol symbol, FunctionSpec glob) {
        return glob.function().text().indexOf('(') >= 0 ? symbol.signature() : symbol.sourceName();
    }

    private static List<ProbePoint> marks(
            MarkSpec spec, Known binary, Asked asked, List<String> notes, List<Resolved.LeftOut> leftOut) {
        MarkLookup lookup = binary.file().marks(spec.provider(), spec.name(), asked.limit());
        if (lookup instanceof MarkLookup.Failed failed) {
            throw new ProbeException(failed.message());
        }
        MarkLookup.Found named = (MarkLookup.Found) lookup;
        if (asked.coverage()) {
            List<Resolved.LeftOut> refused = ExaminedMarks.leftOut(named, binary.code());
            leftOut.addAll(refused);
            named = ExaminedMarks.without(named, refused);
        }
        MarkLookup.Found found = ExaminedMarks.examine(named, binary.code());
        notes.addAll(found.notes());
        List<Mark> marks = found.marks();
        marks.forEach(mark -> notes.addAll(MarkArguments.check(mark, values(asked.captures()))));
        List<Slot> slots = slots(asked.captures());
        return marks.stream()
                .<ProbePoint>map(mark -> new ProbePoint.UsdtMark(
                        mark,
                        asked.file(),
                        slots,
                        asked.filters(),
                        binary.file().doubts(mark)))
                .toList();
    }

    private static List<IntegerFilter> filters(ProbeRequest request) {
        return request.filters().stream()
                .flatMap(filter -> IntegerFilter.of(filter).stream())
                .toList();
    }

    private static List<Capture> values(List<Capture> captures) {
        return captures.stream().filter(capture -> !capture.isStack()).toList();
    }

    private static List<Slot> slots(List<Capture> captures) {
        return captures.stream()
                .map(c -> new Slot(c.source(), c.isString()))
                .distinct()
                .toList();
    }

    /** The container belongs to it, since numbers of file systems and inodes are given out again. */
    private record Key(String containerId, String hostPath) {}

    /** What was read, and what of; the code is looked at where something is probed. Each test of a class asks the same. */
    private record Known(FileIdentity of, BinaryFile file, FunctionCode code, Map<Asked, Resolved> answers) {}

    /** What decides the answer, in one binary. */
    private record Asked(
            TargetFile file, PointSpec spec, List<Capture> captures, List<IntegerFilter> filters, boolean coverage) {

        int limit() {
            return coverage ? BinaryFile.COVERAGE_LIMIT : BinaryFile.DEFAULT_LIMIT;
        }
    }
}
