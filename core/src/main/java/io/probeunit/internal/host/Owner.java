package io.probeunit.internal.host;

import java.util.Optional;

/**
 * The JVM that owns something that may outlive it, as text.
 *
 * @param place the boot of the machine and the PID namespace in which the process has its name; empty where that cannot be
 *     told
 * @param process the JVM
 */
public record Owner(String place, ProcessName process) {

    private static final String SEPARATOR = "/";

    /**
     * This JVM.
     *
     * @param files of the machine that it runs on
     * @return its name
     */
    public static Owner thisJvm(HostFiles files) {
        return new Owner(place(files), ProcessName.ofThisJvm(files));
    }

    /**
     * Says whether an owner has ended; for an owner on another machine this is not known.
     *
     * @param files of the machine that this JVM runs on
     * @param label what {@link #toString} wrote
     * @return false also if that is not known
     */
    public static boolean isDead(HostFiles files, String label) {
        return parse(label)
                .filter(owner -> !owner.place.isEmpty() && owner.place.equals(place(files)))
                .filter(owner -> !owner.process.isAlive(files))
                .isPresent();
    }

    static Optional<Owner> parse(String label) {
        int cut = label.lastIndexOf(SEPARATOR);
        return cut < 0
                ? Optional.empty()
                : ProcessName.parse(label.substring(cut + 1)).map(p -> new Owner(label.substring(0, cut), p));
    }

    @Override
    public String toString() {
        return place + SEPARATOR + process;
    }

    /**
     * Where numbers of processes are those of one PID namespace. Without its name, or where {@code /proc} shows the processes
     * of another one, the process of a job in a container could be taken for one that is not there.
     */
    private static String place(HostFiles files) {
        String self = String.valueOf(ProcessHandle.current().pid());
        try {
            String boot = KernelIdentity.bootId(files);
            return files.link("/proc/self")
                    .filter(self::equals)
                    .flatMap(ours -> files.link("/proc/self/ns/pid"))
                    .map(namespace -> boot + " " + namespace)
                    .orElse("");
        } catch (HostException noLinux) {
            return "";
        }
    }
}
