package io.probeunit.examples.shop;

import io.probeunit.Firing;
import io.probeunit.Recording;

/** Prints what fired. */
final class Timeline {

    private Timeline() {}

    static void print(String test, Recording recording) {
        System.out.printf(
                "%s: %d firings, seen by %s%n", test, recording.firings().count(), recording.engine());
        recording.firings().list().forEach(Timeline::print);
    }

    private static void print(Firing firing) {
        System.out.printf(
                "  %+9.3f ms  %s[%d]  %s %s%n",
                firing.nanos() / 1e6, firing.container(), firing.pid(), firing.probe(), firing.captures());
    }
}
