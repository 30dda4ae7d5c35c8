package io.probeunit.internal.cli;

import io.probeunit.internal.engine.PreflightResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A diagnosis for people and for programs. */
public final class DiagnosisText {

    private DiagnosisText() {}

    /**
     * For people.
     *
     * @return lines
     */
    public static List<String> lines(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        int width = diagnosis.facts().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(1);
        diagnosis.facts().forEach((name, value) -> lines.add(("%-" + width + "s  %s").formatted(name, value)));
        lacks(diagnosis.troubles(), "", lines);
        diagnosis.hosts().forEach(host -> host(host, lines));
        lines.add("");
        lines.add(verdict(diagnosis));
        return lines.stream().map(Texts::line).toList();
    }

    private static void host(Diagnosis.OnHost host, List<String> lines) {
        lines.add("");
        lines.add("Host " + host.host());
        lacks(host.troubles(), "  ", lines);
        host.notes().forEach(note -> lines.add("  " + note));
        for (Diagnosis.OfEngine engine : host.engines()) {
            String name = "  %-8s".formatted(engine.engine());
            if (engine.works()) {
                lines.add(name + "works: " + engine.how().orElse(""));
            } else if (engine.untried().isPresent()) {
                lines.add(name + "was not tried: " + engine.untried().get());
            } else {
                lines.add(name + "cannot work");
                lacks(engine.lacks(), "          ", lines);
            }
        }
    }

    private static void lacks(List<PreflightResult.Lack> lacks, String indent, List<String> lines) {
        for (PreflightResult.Lack lack : lacks) {
            lack.what().lines().map(line -> indent + "- " + line).forEach(lines::add);
            lack.cure().lines().map(line -> indent + "  " + line).forEach(lines::add);
        }
    }

    private static String verdict(Diagnosis diagnosis) {
        if (!diagnosis.works()) {
            return "No engine works on these hosts.";
        }
        return diagnosis
                .auto()
                .map(taken -> "AUTO takes %s on host %s.".formatted(taken.engine(), taken.host()))
                .orElse("It works.");
    }

    /**
     * For programs.
     *
     * @return what {@link io.probeunit.internal.report.Json} can write
     */
    public static Map<String, Object> items(Diagnosis diagnosis) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("format", 1);
        items.put("works", diagnosis.works());
        items.put("auto", diagnosis.auto().map(taken -> Map.of("engine", taken.engine(), "host", taken.host())));
        items.put("versions", diagnosis.facts());
        items.put("lacks", lacks(diagnosis.troubles()));
        items.put("hosts", diagnosis.hosts().stream().map(DiagnosisText::items).toList());
        return items;
    }

    private static Map<String, Object> items(Diagnosis.OnHost host) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("host", host.host());
        items.put("works", host.works());
        items.put("lacks", lacks(host.troubles()));
        items.put("notes", host.notes());
        items.put("engines", host.engines().stream().map(DiagnosisText::items).toList());
        return items;
    }

    private static Map<String, Object> items(Diagnosis.OfEngine engine) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("engine", engine.engine());
        items.put("works", engine.works());
        items.put("how", engine.how());
        items.put("lacks", lacks(engine.lacks()));
        items.put("untried", engine.untried());
        return items;
    }

    private static List<Map<String, Object>> lacks(List<PreflightResult.Lack> lacks) {
        return lacks.stream()
                .map(lack -> {
                    Map<String, Object> items = new LinkedHashMap<>();
                    items.put("lack", lack.what());
                    items.put("cure", lack.cure());
                    return items;
                })
                .toList();
    }
}
