package io.probeunit.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Reads the options of {@code watch} in their order: what follows a function or mark belongs to it. */
final class WatchedPoints implements IParameterConsumer {

    @Override
    @SuppressWarnings("JdkObsolete")
    public void consumeParameters(Stack<String> arguments, ArgSpec argument, CommandSpec spec) {
        String option = ((OptionSpec) argument).longestName();
        List<WatchedPoint> points = ((WatchCommand) spec.userObject()).points();
        if (option.equals(WatchCommand.ON_RETURN)) {
            change(points, option, "", spec);
            return;
        }
        if (arguments.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing value of option '%s'".formatted(option));
        }
        String value = arguments.pop();
        if (option.equals(WatchCommand.FUNCTION) || option.equals(WatchCommand.MARK)) {
            points.add(new WatchedPoint(option.substring(2), value, false, List.of(), List.of()));
        } else {
            change(points, option, value, spec);
        }
    }

    private static void change(List<WatchedPoint> points, String option, String value, CommandSpec spec) {
        if (points.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s stands before every --function and --mark; it belongs behind one of them"
                            .formatted((option + " " + value).strip()));
        }
        WatchedPoint last = points.remove(points.size() - 1);
        points.add(
                switch (option) {
                    case WatchCommand.CAPTURE ->
                        new WatchedPoint(
                                last.kind(), last.text(), last.onReturn(), plus(last.captures(), value), last.where());
                    case WatchCommand.WHERE ->
                        new WatchedPoint(
                                last.kind(), last.text(), last.onReturn(), last.captures(), plus(last.where(), value));
                    default -> new WatchedPoint(last.kind(), last.text(), true, last.captures(), last.where());
                });
    }

    private static List<String> plus(List<String> texts, String one) {
        List<String> all = new ArrayList<>(texts);
        all.add(one);
        return all;
    }
}
