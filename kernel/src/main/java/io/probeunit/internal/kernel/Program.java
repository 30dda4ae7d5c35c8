package io.probeunit.internal.kernel;

import java.util.List;

/**
 * A program to be started by the helper.
 *
 * @param folder in which it works
 * @param candidates paths at which it may be; the first at which something is
 * @param arguments its own name, and what it is given
 * @param variables of its environment, {@code NAME=VALUE}, all of them
 */
public record Program(String folder, List<String> candidates, List<String> arguments, List<String> variables) {

    /** Keeps copies. */
    public Program {
        candidates = List.copyOf(candidates);
        arguments = List.copyOf(arguments);
        variables = List.copyOf(variables);
    }

    /** Hears a program while it runs. Called by the thread that reads, which does not wait. */
    public interface Listener {

        /**
         * It has printed something.
         *
         * @param isError whether to its standard error
         * @param bytes not used otherwise
         */
        void printed(boolean isError, byte[] bytes);

        /**
         * It prints nothing more, nor does anybody who has the stream from it.
         *
         * @param isError whether on its standard error
         */
        void closed(boolean isError);

        /**
         * It has ended.
         *
         * @param status 128 and the number of a signal that ended it
         */
        void ended(int status);
    }

    /**
     * A program that runs.
     *
     * @param number by which the helper knows it
     * @param pid its process, as the helper's machine numbers it
     * @param input descriptor of the end of its input that is written to
     */
    public record Running(int number, long pid, int input) {}
}
