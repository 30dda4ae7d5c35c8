package io.probeunit.internal.targets;

/**
 * A line of {@code /proc/PID/mountinfo}; proc_pid_mountinfo(5).
 *
 * @param device {@code major:minor} of the file system
 * @param root the folder of the file system that is mounted
 * @param point where it is mounted, as the process sees it
 * @param type the file system's type
 */
record Mount(String device, String root, String point, String type) {

    /** Whether a path lies at or below this mount's point. */
    boolean covers(String path) {
        return isBelow(path, point);
    }

    /** The path within the file system of something at or below this mount's point. */
    String inFileSystem(String path) {
        return join(root, path.substring(point.equals("/") ? 0 : point.length()));
    }

    /** Whether something of this file system can be seen through this mount. */
    boolean shows(String inFileSystem) {
        return isBelow(inFileSystem, root);
    }

    /** Where something of this file system is seen through this mount. */
    String pathOf(String inFileSystem) {
        return join(point, inFileSystem.substring(root.equals("/") ? 0 : root.length()));
    }

    private static boolean isBelow(String path, String folder) {
        return folder.equals("/") || path.equals(folder) || path.startsWith(folder + "/");
    }

    private static String join(String folder, String rest) {
        return (folder.equals("/") ? "" : folder) + (rest.startsWith("/") || rest.isEmpty() ? rest : "/" + rest);
    }
}
