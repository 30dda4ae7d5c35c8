package io.probeunit;

/**
 * Does the work of {@link Marks#of}, which finds it with {@link java.util.ServiceLoader}. Only ProbeUnit itself
 * implements it.
 */
@FunctionalInterface
public interface MarksReader {

    /**
     * Reads the marks of a binary in a container.
     *
     * @param container of Testcontainers
     * @param binary an absolute path, a file name, or {@code ""} for the main executable
     * @return its marks as of now
     * @throws ProbeException if there is no such container or file, or the file is not a binary
     */
    Marks read(Object container, String binary);
}
