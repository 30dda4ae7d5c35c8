package io.probeunit.internal.cli;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.plan.PlanException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is printed where a command cannot do its work, and its exit code. */
final class Wrong {

    private Wrong() {}

    /** Refuses arguments that mean nothing. */
    static void ifMoreThan(int most, List<String> arguments, CommandSpec spec) {
        if (arguments.size() > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Too many arguments: " + String.join(" ", arguments.subList(most, arguments.size())));
        }
    }

    /** The command line is not understood. */
    static int usage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        List<String> near = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        say(
                command,
                "%s (PU1407).%s '%s --help' says what there is."
                        .formatted(
                                String.valueOf(e.getMessage()).replaceFirst("[.]?$", ""),
                                near.isEmpty()
                                        ? ""
                                        : near.stream().collect(Collectors.joining(", ", " The nearest: ", ".")),
                                command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    /** The command failed. */
    static int failure(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof PlanException) {
            say(command, String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        }
        if (e instanceof ProbeException || e instanceof HostException) {
            say(command, String.valueOf(e.getMessage()));
            return ExitCode.SOFTWARE;
        }
        throw e;
    }

    private static void say(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        message.lines().map(Texts::line).forEach(err::println);
        err.flush();
    }
}
