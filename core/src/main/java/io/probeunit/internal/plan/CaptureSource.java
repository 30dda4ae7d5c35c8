package io.probeunit.internal.plan;

/** Where a captured value comes from. */
public sealed interface CaptureSource {

    /**
     * The name of the value in annotations, in {@code where}, and in a firing's captures.
     *
     * @return for example {@code arg1}
     */
    String key();

    /**
     * An argument of a function or a mark.
     *
     * @param number 1 to 12, as the field counts them
     */
    record Argument(int number) implements CaptureSource {
        /** The most arguments that a mark can carry ({@code STAP_PROBE12} of sys/sdt.h). */
        public static final int MOST = 12;

        /** Checks the number. */
        public Argument {
            if (number < 1 || number > MOST) {
                throw new PlanException("There is no arg%d: arguments are counted from arg1 to arg%d (PU0215)."
                        .formatted(number, MOST));
            }
        }

        @Override
        public String key() {
            return "arg" + number;
        }
    }

    /** What a function returns. */
    record ReturnValue() implements CaptureSource {
        @Override
        public String key() {
            return "return";
        }
    }

    /** How long a call took, from its entry to its return, in nanoseconds. */
    record Took() implements CaptureSource {
        @Override
        public String key() {
            return "took";
        }
    }

    /** The user stack: which functions wait for this one. */
    record Stack() implements CaptureSource {

        /** How it is called in annotations. */
        public static final String NAME = "stack";

        @Override
        public String key() {
            return NAME;
        }
    }

    /**
     * A parameter by its name, or what it leads to, found by debug information.
     *
     * @param path a name of the source, members behind it ({@code order->id}, {@code order.id}), elements of arrays
     *     ({@code list[0]}); without the dollar sign
     */
    record Variable(String path) implements CaptureSource {

        /** A regular expression of a path, without groups. */
        static final String PATH = "[A-Za-z_]\\w*(?:(?:->|\\.)[A-Za-z_]\\w*|\\[\\d{1,6}])*";

        @Override
        public String key() {
            return "$" + path;
        }
    }
}
