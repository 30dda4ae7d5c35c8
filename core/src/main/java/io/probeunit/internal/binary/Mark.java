package io.probeunit.internal.binary;

import java.util.List;

/**
 * A USDT mark: one name, at one or more places in the code. Immutable and thread-safe.
 *
 * @param provider as in the note
 * @param name as in the note ({@code query__start})
 * @param sites where it stands, ordered by address, never empty
 */
public record Mark(String provider, String name, List<MarkSite> sites) {

    /** Takes a copy of the list. */
    public Mark {
        sites = List.copyOf(sites);
        if (sites.isEmpty()) {
            throw new IllegalArgumentException("The mark " + provider + ":" + name + " has no site.");
        }
    }

    /**
     * The name that tells it from all others of the file.
     *
     * @return {@code provider:name}
     */
    public String qualifiedName() {
        return provider + ":" + name;
    }

    /**
     * Says whether the mark names a semaphore: then the program may skip it while the semaphore is 0.
     *
     * @return true if one of its sites does
     */
    public boolean guarded() {
        return sites.stream().anyMatch(site -> site.semaphore().isPresent());
    }
}
