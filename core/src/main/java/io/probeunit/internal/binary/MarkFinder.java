package io.probeunit.internal.binary;

import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks a mark up in one file. */
final class MarkFinder {

    private static final int NEAREST = 5;
    private static final int LISTED = 20;
    private static final int PROVIDERS_SHOWN = 10;

    private final BinaryFile file;

    MarkFinder(BinaryFile file) {
        this.file = file;
    }

    MarkLookup find(Optional<NamePattern> provider, NamePattern name, int limit) {
        String wanted = provider.map(p -> p + ":").orElse("") + name;
        Optional<Pattern> providerRegex = provider.map(NamePattern::toRegex);
        Pattern nameRegex = name.toRegex();
        BiPredicate<String, String> meant = (itsProvider, itsName) ->
                providerRegex.map(regex -> regex.matcher(itsProvider).matches()).orElse(true)
                        && nameRegex.matcher(itsName).matches();
        List<Mark> marks = file.marks().stream()
                .filter(mark -> meant.test(mark.provider(), mark.name()))
                .toList();
        List<LeftOutMark> leftOut = file.leftOutMarks().stream()
                .filter(mark -> meant.test(mark.provider(), mark.name()))
                .toList();
        if (marks.isEmpty()) {
            return leftOut.isEmpty() ? notFound(wanted) : discarded(wanted, leftOut);
        }
        // a glob sums over what it matches; a name means one mark
        if (marks.size() > 1 && provider.isEmpty() && !name.isGlob()) {
            return ambiguous(wanted, marks);
        }
        int sites = marks.stream().mapToInt(mark -> mark.sites().size()).sum();
        if (sites > limit) {
            return new MarkLookup.TooMany(
                    sites,
                    limit,
                    "%s stands for %d marks of %s at %d sites, more than the limit of %d; for example %s (PU0723). Write a narrower glob."
                            .formatted(wanted, marks.size(), file.path(), sites, limit, examples(marks)));
        }
        return new MarkLookup.Found(marks, leftOut.stream().map(this::note).toList());
    }

    private MarkLookup ambiguous(String wanted, List<Mark> marks) {
        List<String> candidates = marks.stream().map(Mark::qualifiedName).toList();
        return new MarkLookup.Ambiguous(
                candidates,
                "The mark %s is ambiguous: %s has %s. Name the provider as well (PU0724)."
                        .formatted(wanted, file.path(), String.join(", ", candidates)));
    }

    private MarkLookup discarded(String wanted, List<LeftOutMark> leftOut) {
        return new MarkLookup.Discarded(
                "The mark %s is not in the file %s, though a note of it is (PU0725): %s. The linker discards unused functions (--gc-sections), and leaves their notes. Probe a mark of code that is used, or keep its function."
                        .formatted(
                                wanted,
                                file.path(),
                                leftOut.stream()
                                        .limit(NEAREST)
                                        .map(LeftOutMark::cause)
                                        .distinct()
                                        .collect(Collectors.joining("; "))));
    }

    private String note(LeftOutMark mark) {
        return "One note of %s is left out, since no mark is there: %s. The linker discarded its function and left the note."
                .formatted(mark.qualifiedName(), mark.cause());
    }

    private MarkLookup notFound(String wanted) {
        List<String> nearest = nearest(wanted);
        List<String> sentences = new ArrayList<>();
        if (file.marks().isEmpty() && file.hasOldMarks()) {
            sentences.add(
                    "No mark %s can be read: %s has marks of an old format (a section .probes, no notes), which sys/sdt.h made before SystemTap 1.4. Build it again with a newer sys/sdt.h."
                            .formatted(wanted, file.path()));
        } else if (file.marks().isEmpty()) {
            sentences.add(
                    "No mark %s: %s carries no marks (its .note.stapsdt is empty or missing). Was it built with marks? Are they in a library that it loads?"
                            .formatted(wanted, file.path()));
        } else {
            sentences.add("No mark of %s is named %s.".formatted(file.path(), wanted));
            if (!nearest.isEmpty()) {
                sentences.add("Nearest: " + String.join(", ", nearest) + ".");
            }
            sentences.add(whatThereIs(wanted));
        }
        if (file.functions().stream().anyMatch(function -> function.baseName().equals(wanted))) {
            sentences.add("There is a function of that name: use @ExpectFunction or @ProbeFunction.");
        }
        sentences.addAll(file.warnings());
        return new MarkLookup.NotFound(nearest, String.join(" ", sentences));
    }

    private List<String> nearest(String wanted) {
        String plain = wanted.replaceAll("[*?]+|\\[[^]]*]", "");
        int colon = plain.indexOf(':');
        String provider = plain.substring(0, Math.max(0, colon));
        String name = plain.substring(colon + 1);
        // first the name alone: a long provider that is right makes very different names look near
        List<Mark> ofProvider = file.marks().stream()
                .filter(mark -> mark.provider().equals(provider))
                .toList();
        List<String> nearest = nearestByName(name, ofProvider.isEmpty() ? file.marks() : ofProvider);
        if (!nearest.isEmpty() || !ofProvider.isEmpty() || colon < 0) {
            return nearest;
        }
        return NearestNames.to(
                plain, file.marks().stream().map(Mark::qualifiedName).toList(), NEAREST);
    }

    private static List<String> nearestByName(String name, List<Mark> marks) {
        Map<String, List<String>> byName = marks.stream()
                .collect(Collectors.groupingBy(
                        Mark::name, Collectors.mapping(Mark::qualifiedName, Collectors.toList())));
        return NearestNames.to(name, byName.keySet(), NEAREST).stream()
                .flatMap(near -> byName.getOrDefault(near, List.of()).stream())
                .limit(NEAREST)
                .toList();
    }

    /** All marks that could be meant, if they are few; else how many there are. */
    private String whatThereIs(String wanted) {
        String provider = wanted.substring(0, Math.max(0, wanted.indexOf(':')));
        List<String> ofProvider = file.marks().stream()
                .filter(mark -> mark.provider().equals(provider))
                .map(Mark::qualifiedName)
                .toList();
        if (!ofProvider.isEmpty() && ofProvider.size() <= LISTED) {
            return "Provider %s has %s.".formatted(provider, String.join(", ", ofProvider));
        }
        return file.marks().size() <= LISTED
                ? "It has %s."
                        .formatted(
                                file.marks().stream().map(Mark::qualifiedName).collect(Collectors.joining(", ")))
                : "It has " + providers() + ".";
    }

    private String providers() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        file.marks().forEach(mark -> counts.merge(mark.provider(), 1, Integer::sum));
        String shown = counts.entrySet().stream()
                .limit(PROVIDERS_SHOWN)
                .map(entry -> "%d %s of provider %s"
                        .formatted(entry.getValue(), entry.getValue() == 1 ? "mark" : "marks", entry.getKey()))
                .collect(Collectors.joining(", "));
        int more = counts.size() - PROVIDERS_SHOWN;
        return more > 0 ? shown + " and " + more + " providers more" : shown;
    }

    private static String examples(List<Mark> marks) {
        return marks.stream().limit(NEAREST).map(Mark::qualifiedName).collect(Collectors.joining(", "));
    }
}
