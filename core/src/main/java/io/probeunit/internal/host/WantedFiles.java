package io.probeunit.internal.host;

import java.util.Set;

/**
 * Which mapped files are asked for.
 *
 * @param inodes numbers of files, in whatever file system
 * @param names names of files, without folders
 * @param executed whether all that is mapped for execution is asked for as well
 */
public record WantedFiles(Set<Long> inodes, Set<String> names, boolean executed) {

    /** Keeps copies. */
    public WantedFiles {
        inodes = Set.copyOf(inodes);
        names = Set.copyOf(names);
    }

    /**
     * Says whether a part of a file is asked for.
     *
     * @param inode the file's number
     * @param name its name, without folders
     * @param executable whether the part is mapped for execution
     * @return true if it is
     */
    public boolean include(long inode, String name, boolean executable) {
        return executed && executable || inodes.contains(inode) || names.contains(name);
    }
}
