package io.probeunit.conformance.soak;

/** What can make it hard to know how often a function was called. */
enum Kind {
    /** Nothing does: processes, threads, libraries and overloads are everyday. Such a verdict must be definite. */
    ORDINARY,
    /** The name does not tell whether the function is a member, whose first argument is another. */
    MEMBER,
    /** A function that calls itself. */
    RECURSION,
    /** The same, deeper than the kernel follows returns. */
    DEEP,
    /** A jump to the function's first instruction. */
    LOOP,
    /** The compiler has changed the function's parameters. */
    CLONE,
    /** A mark that its program passes only while somebody wants it. */
    GUARDED,
    /** The code is moved to memory that is no file's. */
    REMAP,
    /** Two libraries of one name. */
    TWINS,
    /** An exception passes through the function. */
    EXCEPTION,
    /** Goroutines whose stacks grow. */
    STACK,
    /** Registers that are not C's. */
    GO,
    /** The file is copied from an image's layer to the container's. */
    COPY_UP,
    /** Another file is moved to its path. */
    MOVED,
    /** Another build is written over it, where nothing runs it. */
    OVERWRITTEN,
    /** It is removed, and another build copied to its path. */
    REMOVED;
}
