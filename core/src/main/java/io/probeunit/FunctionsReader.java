package io.probeunit;

/**
 * Does the work of {@link Functions#of}, which finds it with {@link java.util.ServiceLoader}. Only ProbeUnit itself
 * implements it.
 */
@FunctionalInterface
public interface FunctionsReader {

    /**
     * Reads the functions of a binary in a container.
     *
     * @param container of Testcontainers
     * @param binary an absolute path, a file name, or {@code ""} for the main executable
     * @param glob a name or a glob
     * @return its functions as of now
     * @throws ProbeException if there is no such container, file or function, or the file is not a binary
     */
    Functions read(Object container, String binary, String glob);
}
