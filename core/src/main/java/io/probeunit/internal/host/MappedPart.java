package io.probeunit.internal.host;

/**
 * A part of a file that a process has mapped; proc_pid_maps(5).
 *
 * @param path of the file, as the process sees it
 * @param deleted whether it is no longer at that path
 * @param hostPath a link of {@code /proc} that leads the kernel to the very file
 * @param file which one it is
 * @param writable whether it may be written to
 * @param executable whether its bytes may be executed
 * @param shared whether what is written to it changes the file
 * @param offset where it begins in the file, in bytes
 * @param length in bytes
 */
public record MappedPart(
        String path,
        boolean deleted,
        String hostPath,
        FileIdentity file,
        boolean writable,
        boolean executable,
        boolean shared,
        long offset,
        long length) {

    /**
     * The last name of the path.
     *
     * @return without folders
     */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Says whether a byte of the file is in this part.
     *
     * @param at its offset in the file
     * @return true if it is
     */
    public boolean holds(long at) {
        return at >= offset && at - offset < length;
    }
}
