package io.probeunit.internal.host;

/**
 * Which kernel, and which boot of it.
 *
 * @param release as {@code uname -r} prints it
 * @param machine as {@code uname -m} prints it, for example {@code x86_64}
 * @param bootId random, new at each boot ({@code /proc/sys/kernel/random/boot_id})
 */
public record KernelIdentity(String release, String machine, String bootId) {

    /**
     * The identity of a boot.
     *
     * @throws HostException if the kernel does not say it
     */
    static String bootId(HostFiles files) {
        return files.text("/proc/sys/kernel/random/boot_id").strip();
    }
}
