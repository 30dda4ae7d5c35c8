package io.probeunit.conformance.soak;

import java.util.List;

/** What is done before a window, or in it. */
sealed interface Action {

    /** A process that ends. */
    record Run(List<String> words) implements Action {}

    /** A process that has served since before the probes were armed. */
    record Ask(List<String> words) implements Action {}

    /** Something happens to the file. */
    record Change(Kind kind, String command) implements Action {}
}
