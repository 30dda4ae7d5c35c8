package io.probeunit.internal.targets;

/**
 * A file that a process of a container has mapped; proc_pid_maps(5).
 *
 * @param path as the process sees it
 * @param deleted whether it is no longer at that path: it was deleted, or another file took its place
 * @param hostPath a link of {@code /proc} that leads the kernel to the very file
 */
record MappedFile(String path, boolean deleted, String hostPath) {

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
