package io.probeunit.internal.cli;

import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.report.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what works. */
@Command(
        name = "doctor",
        description = "Says which engines work on which hosts, why the others do not, and what to do. "
                + "For host SIDECAR it starts a privileged container, and removes it.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:at least one engine works on one host", "1:none does", "2:wrong usage"},
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final Function<Settings, Diagnosis> examine;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProbingOptions probing = new ProbingOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DoctorCommand(Function<Settings, Diagnosis> examine) {
        this.examine = examine;
    }

    @Override
    public Integer call() {
        Diagnosis diagnosis = examine.apply(probing.settings());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.document(DiagnosisText.items(diagnosis)));
        } else {
            DiagnosisText.lines(diagnosis).forEach(out::println);
        }
        out.flush();
        return diagnosis.works() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
