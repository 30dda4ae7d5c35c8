package io.probeunit.internal.host;

/**
 * The data that show whether a file has the same content at two moments.
 *
 * <p>Device and inode are not enough. A file system gives the number of a removed file out again at once (ext4 does), a
 * file can be written over in place, and overlayfs keeps both numbers when it copies a file up from a layer of the
 * image, though processes that run it stay with the lower one ({@code Documentation/filesystems/overlayfs.rst}). The
 * change time, which cannot be set, shows all of these changes.
 *
 * @param device number of the file system
 * @param inode number within it
 * @param size in bytes
 * @param modified when the content was last written, in nanoseconds since 1970
 * @param changed when content, attributes or names were last changed, or the file was copied up, in nanoseconds since 1970
 */
public record FileIdentity(long device, long inode, long size, long modified, long changed) {

    /**
     * A file of which only the numbers matter.
     *
     * @param device number of the file system
     * @param inode number within it
     */
    public FileIdentity(long device, long inode) {
        this(device, inode, 0, 0, 0);
    }

    /**
     * The number of a file system as stat(2) has it; makedev(3).
     *
     * @param major its first part
     * @param minor its second part
     * @return the device
     */
    public static long device(long major, long minor) {
        return (major & 0xfff) << 8 | minor & 0xff | (minor & ~0xffL) << 12;
    }

    /**
     * Says whether another look was at the same file, whatever became of it in between.
     *
     * @param other from the same host
     * @return true if device and inode are the same
     */
    public boolean isSameFile(FileIdentity other) {
        return device == other.device && inode == other.inode;
    }

    /**
     * Says whether another look was at the same file with the same content; its mode, owner or names may have changed.
     *
     * @param other from the same host
     * @return true if also size and time of modification are the same
     */
    public boolean hasSameContent(FileIdentity other) {
        return isSameFile(other) && size == other.size && modified == other.modified;
    }
}
