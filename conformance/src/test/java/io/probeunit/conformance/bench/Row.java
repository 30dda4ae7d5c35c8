package io.probeunit.conformance.bench;

import java.util.function.Consumer;

/** Measures some lines of the table. */
@FunctionalInterface
interface Row {

    /**
     * Measures.
     *
     * @param figures takes each as soon as it is there
     * @throws Exception if something could not be measured
     */
    void measure(Bench bench, RawTools tools, Consumer<Figure> figures) throws Exception;
}
