package io.probeunit.internal.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From where semaphores are held: the kernel keeps one counter for a place and refuses another one there, so each semaphore has
 * a place of its own in the padding behind the code. Which one follows from the semaphore's offset, so that two runs at the
 * same time agree, whatever they hold it with.
 */
final class SemaphorePlaces {

    private static final int BYTES_A_SEMAPHORE = 2;

    private SemaphorePlaces() {}

    /**
     * Chooses places.
     *
     * @param padding offsets in the file, in bytes, that are never executed; at least as many as semaphores
     * @param semaphores their offsets in the file, in bytes
     * @param shift how far to move on, where a place is taken for another semaphore
     * @return offsets of places by those of their semaphores, in the order of these
     */
    static Map<Long, Integer> of(List<Integer> padding, Set<Long> semaphores, int shift) {
        Set<Integer> taken = new HashSet<>();
        Map<Long, Integer> places = new TreeMap<>();
        new TreeSet<>(semaphores).forEach(s -> places.put(s, padding.get(place(s, padding.size(), shift, taken))));
        return places;
    }

    private static int place(long semaphore, int places, int shift, Set<Integer> taken) {
        int place = (int) ((semaphore / BYTES_A_SEMAPHORE + shift) % places);
        while (!taken.add(place)) {
            place = (place + 1) % places;
        }
        return place;
    }
}
