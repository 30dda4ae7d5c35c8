package io.probeunit.conformance.soak;

import java.util.List;

/**
 * One window of a class.
 *
 * @param before what is done before it
 * @param during what is done in it
 * @param expected what is expected of it
 */
record Window(List<Action> before, List<Action> during, List<Expected> expected) {}
