package io.probeunit.internal.cli;

import io.probeunit.Firing;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Summary;
import java.util.List;

/** Armed probes of a container that runs. Closing them removes the probes. */
interface Live extends AutoCloseable {

    /**
     * What is known at one moment.
     *
     * @param counts of each point, in the order of the command line
     * @param firings of which details were kept and that satisfy the conditions, ordered by time
     * @param summary of everything
     * @param notes what is to be said beside it
     */
    record Look(List<Count> counts, List<Firing> firings, Summary summary, List<String> notes) {
        public Look {
            counts = List.copyOf(counts);
            firings = List.copyOf(firings);
            notes = List.copyOf(notes);
        }
    }

    /**
     * How often a point fired.
     *
     * @param point as the command line has it
     * @param observation what is known of the count
     */
    record Count(String point, Observation observation) {}

    /** What was armed, and with what. */
    String story();

    /** What is known now. */
    Look look();

    /** Whether the container still runs, with the probes. */
    boolean isRunning();

    /** Closes the window: what fires later does not count. */
    Look end();

    @Override
    void close();
}
