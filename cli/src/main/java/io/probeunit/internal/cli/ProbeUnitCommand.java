package io.probeunit.internal.cli;

import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.docker.Daemon;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "probeunit",
        description = "Says what ProbeUnit can probe here, and watches it.",
        mixinStandardHelpOptions = true,
        versionProvider = ProbeUnitCommand.Version.class,
        footer = {"", "Settings of tests are system properties here too: java -Dprobeunit.details=5000 -jar …"})
final class ProbeUnitCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ProbeUnitCommand() {}

    /** Puts the commands together. */
    static CommandLine of(
            Daemon daemon, Inventory inventory, Function<Settings, Diagnosis> examine, WatchCommand.Opener opener) {
        NamedContainers containers = new NamedContainers(daemon);
        return new CommandLine(new ProbeUnitCommand())
                .addSubcommand(new DoctorCommand(examine))
                .addSubcommand(new MarksCommand(containers, inventory))
                .addSubcommand(new FunctionsCommand(containers, inventory))
                .addSubcommand(new WatchCommand(daemon, containers, opener))
                .addSubcommand(new CompletionCommand())
                .setParameterExceptionHandler(Wrong::usage)
                .setExecutionExceptionHandler(Wrong::failure);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "No command is given; there are "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** For shells. */
    @Command(
            name = "completion",
            description = "Prints a script that completes commands and options in bash and zsh. "
                    + "To use it: source <(probeunit completion)",
            mixinStandardHelpOptions = true)
    static final class CompletionCommand implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            CommandLine root = spec.root().commandLine();
            spec.commandLine().getOut().print(AutoComplete.bash(root.getCommandName(), root));
            spec.commandLine().getOut().flush();
        }
    }

    /** As the build says it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ProbeUnit " + Versions.ofProbeUnit()};
        }
    }
}
