package io.probeunit.conformance.soak;

/** What can make it hard to know how often a function was called. */
enum Kind {
    /** Nothing does: processes, threads, libraries and overloads are everyday. Such a verdict must be definite. */
    ORDINARY(true),
    /** The name does not tell whether the function is a member, whose first argument is another. */
    MEMBER(true),
    /** A function that calls itself. */
    RECURSION(true),
    /** The same, deeper than the kernel follows returns. */
    DEEP(false),
    /** A jump to the function's first instruction. */
    LOOP(false),
    /** The compiler has changed the function's parameters. */
    CLONE(false),
    /** A mark that its program passes only while somebody wants it. */
    GUARDED(false),
    /** The code is moved to memory that is no file's. */
    REMAP(false),
    /** Two libraries of one name. */
    TWINS(false),
    /** An exception passes through the function. */
    EXCEPTION(false),
    /** Goroutines whose stacks grow. */
    STACK(false),
    /** Registers that are not C's. */
    GO(false),
    /** The file is copied from an image's layer to the container's. */
    COPY_UP(false),
    /** Another file is moved to its path. */
    MOVED(false),
    /** Another build is written over it, where nothing runs it. */
    OVERWRITTEN(false),
    /** It is removed, and another build copied to its path. */
    REMOVED(false);

    private final boolean settled;

    Kind(boolean settled) {
        this.settled = settled;
    }

    /** Whether no difference is known: then it is tried in every run. */
    boolean isSettled() {
        return settled;
    }
}
