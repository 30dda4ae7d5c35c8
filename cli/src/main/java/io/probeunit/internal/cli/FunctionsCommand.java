package io.probeunit.internal.cli;

import io.probeunit.Functions;
import io.probeunit.internal.plan.NamePattern;
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

/** Lists functions. */
@Command(
        name = "functions",
        description = "Lists the functions of a binary that can be probed, ready to be pasted into a test, "
                + "and those that cannot, with the reason.",
        customSynopsis = "probeunit functions [--json] IMAGE|CONTAINER [BINARY] GLOB",
        mixinStandardHelpOptions = true)
final class FunctionsCommand implements Callable<Integer> {

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
            index = "1..*",
            arity = "1..2",
            paramLabel = "[BINARY] GLOB",
            description = "The file: an absolute path in the container, or a file name; "
                    + "the main executable if there is none. Then a name or a glob, such as '*' for all functions.")
    private List<String> rest = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    FunctionsCommand(NamedContainers containers, Inventory inventory) {
        this.containers = containers;
        this.inventory = inventory;
    }

    @Override
    public Integer call() {
        Wrong.ifMoreThan(2, rest, spec);
        Optional<String> binary = rest.size() > 1 ? Optional.of(rest.get(0)) : Optional.empty();
        NamePattern glob = new NamePattern(rest.get(rest.size() - 1));
        PrintWriter err = spec.commandLine().getErr();
        Binaries.Read<Functions> read = new Binaries(containers, note -> err.println(Texts.line(note)))
                .read(subject, binary, (its, file) -> inventory.functions(its, file, glob));
        Functions functions = read.content();
        functions.warnings().forEach(warning -> err.println(Texts.line(warning)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.document(items(read.of(), functions)));
        } else {
            print(read.of(), functions, out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(String of, Functions functions, PrintWriter out) {
        List<Functions.Function> probed = functions.list().stream()
                .filter(Functions.Function::canBeProbed)
                .toList();
        out.println(Texts.comment("%s, %s: %d of %d functions can be probed"
                .formatted(
                        functions.binary(), of, probed.size(), functions.list().size())));
        probed.forEach(function -> out.println(annotation(functions, function)
                + (function.doubts().isEmpty()
                        ? ""
                        : "  " + Texts.comment("in doubt: " + String.join("; ", function.doubts())))));
        functions.list().stream()
                .filter(function -> !function.canBeProbed())
                .forEach(function -> out.println(Texts.comment(function.toString())));
    }

    private static String annotation(Functions functions, Functions.Function function) {
        return "@ProbeFunction(value = %s, binary = %s)"
                .formatted(Texts.literal(function.name()), Texts.literal(functions.binary()));
    }

    private static Map<String, Object> items(String of, Functions functions) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("format", 1);
        items.put("of", of);
        items.put("binary", functions.binary());
        items.put("warnings", functions.warnings());
        items.put(
                "functions",
                functions.list().stream()
                        .map(function -> items(functions, function))
                        .toList());
        return items;
    }

    private static Map<String, Object> items(Functions functions, Functions.Function function) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("name", function.name());
        items.put("symbols", function.symbols());
        items.put(
                "annotation", function.canBeProbed() ? Optional.of(annotation(functions, function)) : Optional.empty());
        items.put("refusal", function.refusal());
        items.put("doubts", function.doubts());
        return items;
    }
}
