package io.probeunit.internal.binary;

import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.NearestNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks a function up in one file. */
final class FunctionFinder {

    private static final int NEAREST = 5;
    private static final Pattern CONSTRUCTOR = Pattern.compile("(_ZN.*[CD])[12](E.*)");

    private static final String RESOLVER = ".resolver";

    private final BinaryFile file;
    private final NamedFunctions names;
    private final Labels labels;

    FunctionFinder(BinaryFile file, NamedFunctions names) {
        this.file = file;
        this.names = names;
        this.labels = new Labels(file);
    }

    FunctionLookup find(NamePattern pattern, int limit) {
        NamedFunctions.Question toTheLetter = named(pattern.text());
        List<FunctionSymbol> named = named(pattern.text(), toTheLetter);
        boolean glob = pattern.isGlob() && named.isEmpty();
        NamedFunctions.Question meant = glob ? matching(pattern) : toTheLetter;
        VersionChoice choice = VersionChoice.of(glob ? matching(meant) : named, pattern.text());
        List<FunctionSymbol> sites = onePerAddress(choice.chosen().stream(), pattern.text());
        List<String> indirect = names.indirect(meant).stream()
                .map(FunctionSymbol::baseName)
                .distinct()
                .toList();
        // a function beside it is another version (memcpy@GLIBC_2.2.5), which new programs do not call
        if (!indirect.isEmpty() && (sites.isEmpty() || !glob)) {
            return refused(pattern);
        }
        if (choice.ambiguous() && !glob) {
            return new FunctionLookup.Refused(
                    "%s has several versions in %s and none is the default (PU0705): %s. Name one of them with its version."
                            .formatted(
                                    pattern,
                                    file.path(),
                                    list(sites.stream()
                                            .map(FunctionSymbol::name)
                                            .toList())));
        }
        if (sites.isEmpty()) {
            return notFound(pattern);
        }
        if (sites.size() > limit) {
            return new FunctionLookup.TooMany(sites.size(), limit, tooMany(pattern, sites, limit));
        }
        List<String> notes = new ArrayList<>(notes(sites, pattern.text(), indirect));
        Labels.note(sites.stream().filter(this::isLabel).toList()).ifPresent(notes::add);
        Map<Long, List<FunctionSymbol>> meantAt =
                choice.chosen().stream().collect(Collectors.groupingBy(FunctionSymbol::address));
        if (glob) {
            sites.stream()
                    .flatMap(site -> countedOnce(site, meantAt.get(site.address())))
                    .forEach(notes::add);
        }
        choice.note().ifPresent(notes::add);
        return new FunctionLookup.Found(sites, notes, doubts(sites, meantAt, pattern.text()), glob);
    }

    /** What is named to the letter: functions, or else instances of a generic one, or else labels. */
    private List<FunctionSymbol> named(String wanted, NamedFunctions.Question question) {
        List<FunctionSymbol> functions = names.functions(question);
        if (!functions.isEmpty()) {
            return functions;
        }
        List<FunctionSymbol> instances = GoInstances.named(file, wanted);
        return instances.isEmpty() ? labels.named(wanted) : instances;
    }

    private List<FunctionSymbol> matching(NamedFunctions.Question question) {
        List<FunctionSymbol> matching = new ArrayList<>(names.functions(question));
        // a function that chooses among implementations is called once, and by the loader
        Set<String> choosers = file.indirectFunctions().stream()
                .map(indirect -> indirect.unversioned() + RESOLVER)
                .collect(Collectors.toSet());
        matching.removeIf(function -> choosers.contains(function.unversioned()));
        if (matching.stream().anyMatch(GoInstances::isForAll)) {
            // they lead to those, and would count a call again
            matching.removeIf(function -> GoInstances.leadsOn(file, function).isPresent());
        }
        matching.addAll(labels.matching(label -> question.isMeant(label, label::sourceName)));
        return matching;
    }

    private boolean isLabel(FunctionSymbol symbol) {
        return file.labels().contains(symbol);
    }

    private Map<Long, List<Doubt>> doubts(
            List<FunctionSymbol> sites, Map<Long, List<FunctionSymbol>> meantAt, String wanted) {
        Map<Long, List<Doubt>> doubts = new HashMap<>();
        Map<Long, List<Doubt>> split = SplitFunctions.doubts(sites, wanted);
        for (FunctionSymbol site : sites) {
            List<Doubt> ofSite = new ArrayList<>(split.getOrDefault(site.address(), List.of()));
            if (isLabel(site)) {
                ofSite.addAll(Labels.doubts(site));
            } else {
                folded(site, meantAt.get(site.address())).ifPresent(ofSite::add);
                GoInstances.leadsOn(file, site).ifPresent(ofSite::add);
            }
            if (!ofSite.isEmpty()) {
                doubts.put(site.address(), List.copyOf(ofSite));
            }
        }
        return doubts;
    }

    private Optional<Doubt> folded(FunctionSymbol site, List<FunctionSymbol> meant) {
        List<FunctionSymbol> others = Aliases.folded(meant, names.at(site.address()), file.keepsFunctionsApart());
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(Doubt.others(
                        "%s and %s share one address, so calls of each count: the linker (--icf) or the compiler (-fipa-icf, mergefunc) merged functions with the same code; build without that, or probe a caller of %s"
                                .formatted(site.signature(), someOf(others), site.sourceName())));
    }

    /** For a glob that matches all of them, the sum is right; it is reported under the name of one of them. */
    private Stream<String> countedOnce(FunctionSymbol site, List<FunctionSymbol> meant) {
        List<FunctionSymbol> others = Aliases.folded(List.of(site), meant, file.keepsFunctionsApart());
        return others.isEmpty()
                ? Stream.empty()
                : Stream.of("%s shares its address with %s: calls of all of them are counted together, under its name."
                        .formatted(site.signature(), someOf(others)));
    }

    private static String someOf(List<FunctionSymbol> symbols) {
        List<String> all =
                symbols.stream().map(FunctionSymbol::signature).distinct().toList();
        String shown = list(all.subList(0, Math.min(NEAREST, all.size())));
        return all.size() > NEAREST ? shown + " and %d more".formatted(all.size() - NEAREST) : shown;
    }

    private static NamedFunctions.Question named(String wanted) {
        SourceNameQuery query = SourceNameQuery.named(wanted);
        return (function, sourceName) -> function.name().startsWith(wanted)
                        && (function.name().equals(wanted)
                                || function.unversioned().equals(wanted)
                                || function.baseName().equals(wanted))
                || query.matches(function, sourceName);
    }

    private static NamedFunctions.Question matching(NamePattern pattern) {
        Pattern regex = pattern.toRegex();
        SourceNameQuery query = SourceNameQuery.matching(pattern);
        return (function, sourceName) -> !FunctionNames.isColdPiece(function.name())
                && (regex.matcher(function.baseName()).matches()
                        || regex.matcher(function.unversioned()).matches()
                        || query.matches(function, sourceName));
    }

    private static List<FunctionSymbol> onePerAddress(Stream<FunctionSymbol> functions, String wanted) {
        Comparator<FunctionSymbol> best = Comparator.<FunctionSymbol, Boolean>comparing(
                        function -> !function.name().equals(wanted))
                .thenComparing(function -> !function.baseName().equals(wanted))
                .thenComparing(function -> function.name().length())
                .thenComparing(FunctionSymbol::name);
        Map<Long, FunctionSymbol> byAddress = new TreeMap<>(Long::compareUnsigned);
        List<FunctionSymbol> all = functions.toList();
        Set<String> names = all.stream().map(FunctionSymbol::name).collect(Collectors.toSet());
        all.stream()
                .filter(function -> function.name().equals(wanted) || !jumps(function, names))
                .forEach(function -> byAddress.merge(
                        function.address(), function, (one, other) -> best.compare(one, other) <= 0 ? one : other));
        return List.copyOf(byAddress.values());
    }

    /**
     * GCC may make one function of both kinds of a constructor or destructor ({@code C4}, {@code D4}); then the others
     * only jump to it, and would count the same call again.
     */
    private static boolean jumps(FunctionSymbol function, Set<String> names) {
        Matcher kind = CONSTRUCTOR.matcher(function.name());
        return kind.matches() && names.contains(kind.group(1) + "4" + kind.group(2));
    }

    private static List<String> notes(List<FunctionSymbol> sites, String wanted, List<String> indirect) {
        List<String> notes = new ArrayList<>();
        sites.stream()
                .filter(site -> !site.name().equals(wanted) && FunctionNames.isNumbered(site.name()))
                .map(site ->
                        "%s counts as %s: compilers append a number to functions of one name, to clones, and to functions inside of functions."
                                .formatted(site.name(), site.baseName()))
                .forEach(notes::add);
        if (!indirect.isEmpty()) {
            notes.add(
                    "Functions chosen at run time (IFUNC) are left out, since a probe would see the choice, not the calls: %s."
                            .formatted(list(indirect)));
        }
        return notes;
    }

    private FunctionLookup refused(NamePattern pattern) {
        String wanted = FunctionNames.withoutVersion(pattern.text());
        String implementations = file.functions().stream()
                .map(FunctionSymbol::baseName)
                .filter(name -> name.contains(wanted) && !name.equals(wanted))
                .distinct()
                .sorted()
                .limit(NEAREST)
                .collect(Collectors.joining(", "));
        return new FunctionLookup.Refused(
                "The function %s of %s is chosen at run time among several implementations (IFUNC) (PU0704); a probe on it would see the choice, not the calls. Probe the implementation that is used%s, or the function that calls it."
                        .formatted(
                                pattern,
                                file.path(),
                                implementations.isEmpty() ? "" : " (names like it: " + implementations + ")"));
    }

    private String tooMany(NamePattern pattern, List<FunctionSymbol> sites, int limit) {
        String examples =
                sites.stream().limit(NEAREST).map(FunctionSymbol::signature).collect(Collectors.joining(", "));
        return "%s matches %d functions of %s, more than the limit of %d; for example %s (PU0723). Write a narrower glob."
                .formatted(pattern, sites.size(), file.path(), limit, examples);
    }

    private FunctionLookup notFound(NamePattern pattern) {
        List<FunctionSymbol> instances = GoInstances.alike(file, pattern.text());
        List<String> nearest = instances.isEmpty()
                ? nearest(pattern.text())
                : instances.stream().map(FunctionSymbol::name).limit(NEAREST).toList();
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "No function of %s %s %s.".formatted(file.path(), pattern.isGlob() ? "matches" : "is named", pattern));
        if (!nearest.isEmpty()) {
            sentences.add("Nearest: " + list(nearest) + ".");
        }
        Optional<String> mark = markOfThatName(pattern.text());
        Optional<LanguageRuntime> runtime = LanguageRuntime.of(file);
        if (!instances.isEmpty()) {
            sentences.add(
                    "Go makes one function for all types that look alike in memory: name one by its shape, as above, or all of them without types (main.Map).");
        } else if (file.imports().functions().contains(pattern.text())) {
            sentences.add(imported(pattern.text()));
        } else if (mark.isPresent()) {
            sentences.add("There is a mark of that name, %s: use @ExpectMark or @ProbeMark.".formatted(mark.get()));
        } else if (runtime.isPresent()) {
            sentences.add(runtime.get().advice(file.path()));
        } else if (file.functions().isEmpty()) {
            sentences.add("The file names no functions at all"
                    + (file.stripped() ? ": it is stripped, and exports none." : "."));
        } else if (file.stripped()) {
            sentences.add(
                    "The file is stripped (it has no .symtab), so only the functions that it exports are known: %d. Use a build that is not stripped."
                            .formatted(file.functions().size()));
        } else {
            sentences.add(
                    "If the source has such a function, the compiler has inlined or removed it: keep it with %s or a lower optimisation level, or this is the wrong file."
                            .formatted(InliningAdvice.of(file).keeping()));
        }
        sentences.addAll(file.warnings());
        return new FunctionLookup.NotFound(nearest, String.join(" ", sentences));
    }

    private String imported(String name) {
        List<String> libraries = file.imports().libraries();
        return "%s takes %s from a library; probe it there, with binary = %s (PU0702)."
                .formatted(
                        file.path(),
                        name,
                        libraries.isEmpty()
                                ? "the name of that library"
                                : libraries.stream()
                                        .map(library -> "\"" + library + "\"")
                                        .collect(Collectors.joining(" or ")));
    }

    /** DTrace writes a dash where the note has two underscores. */
    private Optional<String> markOfThatName(String wanted) {
        String name = wanted.replace("-", "__");
        return file.marks().stream()
                .filter(mark -> mark.qualifiedName().equals(name) || mark.name().equals(name))
                .map(Mark::qualifiedName)
                .findFirst();
    }

    private List<String> nearest(String wanted) {
        Set<String> all = names.sourceNames();
        all.addAll(labels.names());
        all.addAll(GoInstances.names(file));
        String plain = plain(wanted);
        List<String> near = NearestNames.to(plain, all, NEAREST);
        int colons = plain.lastIndexOf("::");
        return near.isEmpty() && colons >= 0 ? NearestNames.to(plain.substring(colons + 2), all, NEAREST) : near;
    }

    /** What of a wanted name may occur in a source name: no wildcards, parameters and template arguments. */
    private static String plain(String wanted) {
        return FunctionNames.withoutVersion(
                wanted.replaceAll("[*?]+|\\[[^]]*]", "").replaceAll("(?<=.)[(<].*", ""));
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }
}
