package io.probeunit.internal.binary;

/**
 * An ELF note of a mark whose address cannot be probed. Immutable and thread-safe.
 *
 * @param provider as in the note
 * @param name as in the note
 * @param cause where it leads and why that is no mark, in a sentence without a full stop
 */
public record LeftOutMark(String provider, String name, String cause) {

    /**
     * The name that tells it from others.
     *
     * @return {@code provider:name}
     */
    public String qualifiedName() {
        return provider + ":" + name;
    }
}
