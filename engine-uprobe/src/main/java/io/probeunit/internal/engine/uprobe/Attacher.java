package io.probeunit.internal.engine.uprobe;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A way to attach a program to its sites. It returns file descriptors; the probes exist while these are open. */
interface Attacher {

    /**
     * Attaches the program to all places.
     *
     * @param program writes the program
     * @param sites where to
     * @return descriptors
     */
    List<Integer> attach(ProgramText program, List<Sites.Site> sites);

    /**
     * Holds semaphores, from places that never fire.
     *
     * @param path the file as the host sees it
     * @param places each with a semaphore
     * @return descriptors
     */
    List<Integer> hold(String path, Set<Bpf.Place> places);

    /**
     * The program, which depends on how it knows its site.
     *
     * @param write from the kind of cookie
     * @param reads whether it reads memory that may not be resident
     */
    record ProgramText(Function<CookieSource, Assembler> write, boolean reads) {}
}
