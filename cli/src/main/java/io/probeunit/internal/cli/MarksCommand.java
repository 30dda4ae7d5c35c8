package io.probeunit.internal.cli;

import io.probeunit.Marks;
import io.probeunit.ProbeException;
import io.probeunit.internal.inventory.ProbeableMarks;
import io.probeunit.internal.report.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists marks. */
@Command(
        name = "marks",
        description = "Lists the marks (USDT) of a binary that can be probed, ready to be pasted into a test, "
                + "with the types of their arguments; and those that cannot, with the reason.",
        mixinStandardHelpOptions = true)
final class MarksCommand implements Callable<Integer> {

    private final NamedContainers containers;
    private final Inventory inventory;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "IMAGE|CONTAINER",
            description = "A container by its name or id, running or not; or an image that is there.")
    private String subject = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BINARY",
            description = "The file: an absolute path in the container, or a file name; "
                    + "the main executable if there is none.",
            defaultValue = "")
    private String binary = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    MarksCommand(NamedContainers containers, Inventory inventory) {
        this.containers = containers;
        this.inventory = inventory;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Binaries.Read<ProbeableMarks> read = new Binaries(containers, note -> err.println(Texts.line(note)))
                .read(subject, Optional.of(binary).filter(b -> !b.isEmpty()), inventory::marks);
        ProbeableMarks marks = read.content();
        marks.marks().warnings().forEach(warning -> err.println(Texts.line(warning)));
        if (marks.marks().list().isEmpty() && marks.refused().isEmpty()) {
            throw new ProbeException(
                    "There are no marks in %s (PU1406). Many distributions build programs without them, and a mark may be in a library: name its file."
                            .formatted(marks.marks().place()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.document(items(read.of(), marks)));
        } else {
            print(read.of(), marks, out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(String of, ProbeableMarks marks, PrintWriter out) {
        int probed = marks.marks().list().size();
        out.println(Texts.comment("%s, %s: %d of %d marks can be probed"
                .formatted(
                        marks.marks().binary(),
                        of,
                        probed,
                        probed + marks.refused().size())));
        marks.marks()
                .list()
                .forEach(mark -> out.println(annotation(marks.marks(), mark) + "  " + Texts.comment(mark.signature())));
        marks.refused()
                .forEach(mark ->
                        out.println(Texts.comment("%s cannot be probed: %s".formatted(mark.name(), mark.reason()))));
    }

    private static String annotation(Marks marks, Marks.Mark mark) {
        return "@ProbeMark(value = %s, binary = %s)"
                .formatted(Texts.literal(mark.qualifiedName()), Texts.literal(marks.binary()));
    }

    private static Map<String, Object> items(String of, ProbeableMarks marks) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("format", 1);
        items.put("of", of);
        items.put("binary", marks.marks().binary());
        items.put("warnings", marks.marks().warnings());
        items.put(
                "marks",
                marks.marks().list().stream()
                        .map(mark -> items(marks.marks(), mark))
                        .toList());
        items.put("refused", marks.refused().stream().map(MarksCommand::items).toList());
        return items;
    }

    private static Map<String, Object> items(Marks marks, Marks.Mark mark) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("provider", mark.provider());
        items.put("name", mark.name());
        items.put("arguments", mark.arguments().stream().map(List::copyOf).toList());
        items.put("guarded", mark.guarded());
        items.put("annotation", annotation(marks, mark));
        return items;
    }

    private static Map<String, Object> items(ProbeableMarks.Refused mark) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("name", mark.name());
        items.put("refusal", mark.reason());
        return items;
    }
}
