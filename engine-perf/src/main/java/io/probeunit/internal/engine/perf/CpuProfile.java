package io.probeunit.internal.engine.perf;

import java.util.Map;

/**
 * Where the tasks of a container were found running. Immutable and thread-safe.
 *
 * @param samples how many there are of each place
 * @param incomplete whether perf could not keep up, so that samples, or what tells where code is, are missing
 */
public record CpuProfile(Map<Place, Long> samples, boolean incomplete) {

    /** Keeps a copy of the map. */
    public CpuProfile {
        samples = Map.copyOf(samples);
    }

    /**
     * A place in a file.
     *
     * @param path of the file as the container sees it, with {@code  (deleted)} behind if it no longer was there; what is
     *     no file has no slash in front: {@code [vdso]}, or empty for code such as that which a JIT compiler made
     * @param inode of the file; 0 for what is no file
     * @param offset in the file, in bytes; 0 for what is no file
     */
    public record Place(String path, long inode, long offset) {

        /**
         * Says whether the code is that of a file.
         *
         * @return true if it is
         */
        public boolean isInFile() {
            return path.startsWith("/");
        }
    }

    /**
     * How many samples there are.
     *
     * @return the number in all
     */
    public long total() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }
}
