package io.probeunit.host.sidecar;

import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.ProcessName;
import java.util.Optional;

/**
 * The JVM that a sidecar belongs to, as text in a label.
 *
 * @param place the boot of the machine and the PID namespace in which the process has its name; empty where that cannot be
 *     told
 * @param process the JVM
 */
record Owner(String place, ProcessName process) {

    private static final String SEPARATOR = "/";

    static Owner thisJvm(HostFiles files) {
        return new Owner(place(files), ProcessName.ofThisJvm(files));
    }

    /** Says whether the owner that a label names has ended; of one that is elsewhere that cannot be told. */
    static boolean isDead(HostFiles files, String label) {
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

    private static String place(HostFiles files) {
        try {
            return files.text("/proc/sys/kernel/random/boot_id").strip()
                    + " "
                    + files.link("/proc/self/ns/pid").orElse("");
        } catch (HostException noLinux) {
            return "";
        }
    }
}
