package io.probeunit.internal.engine.uprobe;

/** How a program knows at which site it runs. */
sealed interface CookieSource {

    /** From the link, and reading may sleep: since Linux 6.6. */
    record FromLink() implements CookieSource {}

    /**
     * It is written into the program, of which there is one for each place; reading may not sleep.
     *
     * @param cookie the place's
     */
    record Fixed(long cookie) implements CookieSource {}

    /** Whether a page that is not resident can be brought in. */
    default boolean maySleep() {
        return this instanceof FromLink;
    }
}
