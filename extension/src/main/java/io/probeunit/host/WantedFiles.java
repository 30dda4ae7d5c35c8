package io.probeunit.host;

import java.util.Set;

/**
 * Which mapped files are asked for.
 *
 * @param inodes numbers of files, in whatever file system
 * @param names names of files, without folders
 * @param libraries beginnings of the names of libraries ({@code libssl} for {@code libssl.so.3})
 */
public record WantedFiles(Set<Long> inodes, Set<String> names, Set<String> libraries) {

    private static final String LIBRARY = ".so";

    /** Keeps copies. */
    public WantedFiles {
        inodes = Set.copyOf(inodes);
        names = Set.copyOf(names);
        libraries = Set.copyOf(libraries);
    }

    boolean include(long inode, String name) {
        return inodes.contains(inode)
                || names.contains(name)
                || name.contains(LIBRARY) && libraries.stream().anyMatch(name::startsWith);
    }

    /**
     * What names of versions of one library begin with.
     *
     * @param name of a file
     * @return {@code libc} for {@code libc.so.6} and {@code libc-2.31.so}; the name itself if it is no library's
     */
    public static String stem(String name) {
        int end = name.indexOf(LIBRARY);
        if (end <= 0) {
            return name;
        }
        int dash = name.indexOf('-');
        boolean version = dash > 0 && dash + 1 < end && Character.isDigit(name.charAt(dash + 1));
        return name.substring(0, version ? dash : end);
    }
}
