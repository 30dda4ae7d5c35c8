package io.probeunit.internal.engine;

import java.util.List;

/** The result of an engine's preflight. */
public sealed interface PreflightResult {

    /** Whether it stays so as long as the JVM; else the next test asks again. */
    default boolean lasts() {
        return true;
    }

    /**
     * The engine can work.
     *
     * @param how version and variant, for reports
     */
    record Passed(String how) implements PreflightResult {}

    /**
     * The engine cannot work.
     *
     * @param lacks everything that is missing, never empty
     * @param lasts whether it stays so as long as the JVM
     */
    record Failed(List<Lack> lacks, boolean lasts) implements PreflightResult {
        /** Keeps a copy of the list. */
        public Failed {
            lacks = List.copyOf(lacks);
        }

        /** Of something that lasts. */
        public Failed(List<Lack> lacks) {
            this(lacks, true);
        }
    }

    /**
     * One thing that is missing.
     *
     * @param what is missing, and how that was found out
     * @param cure what to do about it
     */
    record Lack(String what, String cure) {

        /**
         * A right that this process has not, and root has.
         *
         * @param what is missing, and how that was found out
         * @return it, with the ways to do without
         */
        public static Lack ofRights(String what) {
            return new Lack(
                    what,
                    "Run the tests as root, or from host SIDECAR, which needs only the right to use Docker, and which host AUTO tries by itself.");
        }

        /**
         * A program that something kept from running, which is not known to be missing.
         *
         * @param command what was tried
         * @param reason what kept it
         * @return it, without advice to install the program
         */
        public static Lack ofFailure(String command, String reason) {
            return new Lack(
                    "'%s' could not be run (PU1008): %s".formatted(command, reason),
                    "Run the tests again after that is fixed; it is not known whether the program is installed.");
        }
    }
}
