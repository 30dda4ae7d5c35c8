package io.probeunit.internal.host;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A process that we started on a host. Thread-safe. */
public interface HostProcess {

    /**
     * The process id as the host sees it.
     *
     * @return a positive number
     */
    long pid();

    /**
     * The standard input of the process.
     *
     * @return a stream that only one thread writes at a time
     */
    OutputStream input();

    /**
     * The standard output of the process.
     *
     * @return a stream that only one thread reads
     */
    InputStream output();

    /**
     * The standard error of the process.
     *
     * @return a stream that only one thread reads
     */
    InputStream errors();

    /**
     * Sends a signal. Does nothing once the process has ended.
     *
     * @param signal which
     */
    void send(Signal signal);

    /**
     * Waits for the end.
     *
     * @param timeout how long at most
     * @return the exit status (128 + n for signal n), or empty if the process still runs after that time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    OptionalInt await(Duration timeout) throws InterruptedException;

    /**
     * Says whether the process still runs.
     *
     * @return false once it has ended
     */
    boolean isAlive();

    /** The signals that we send. */
    enum Signal {
        /** Stop in order. */
        TERM(15),
        /** Stop in order, as with Control-C. */
        INT(2),
        /** End at once. */
        KILL(9);

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        /**
         * Its number, which is the same on every Linux; signal(7).
         *
         * @return as for kill(2)
         */
        public int number() {
            return number;
        }
    }
}
