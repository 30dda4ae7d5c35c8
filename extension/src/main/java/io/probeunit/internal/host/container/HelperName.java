package io.probeunit.internal.host.container;

import io.probeunit.internal.host.InsideHelper;
import io.probeunit.internal.host.Owner;
import io.probeunit.internal.host.ProcessName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of one helper in a container. It is in the kernel's list of probes, and shows whose probes they are.
 *
 * @param place where its JVM runs, made short; 0 if that is not known
 * @param jvm the JVM that started it
 * @param nonce tells the helpers of one JVM from each other
 */
record HelperName(long place, ProcessName jvm, String nonce) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]+)_(\\d+)_(\\d+)_([0-9a-f]+)");

    static HelperName of(Owner owner) {
        return new HelperName(
                sum(owner.place()),
                owner.process(),
                "%08x".formatted(ThreadLocalRandom.current().nextInt()));
    }

    /** Reads a name; empty for what is none. */
    static Optional<HelperName> parse(String text) {
        Matcher name = TEXT.matcher(text);
        return name.matches()
                ? Optional.of(new HelperName(
                        Long.parseLong(name.group(1), 16),
                        new ProcessName(Long.parseLong(name.group(2)), Long.parseLong(name.group(3))),
                        name.group(4)))
                : Optional.empty();
    }

    /** Whether the JVMs of both run at one place, where their ids can be compared. */
    boolean isAtPlaceOf(HelperName other) {
        return place != 0 && place == other.place;
    }

    InsideHelper inside() {
        return new InsideHelper(toString());
    }

    @Override
    public String toString() {
        return "%x_%d_%d_%s".formatted(place, jvm.pid(), jvm.startTime(), nonce);
    }

    private static long sum(String place) {
        CRC32 sum = new CRC32();
        sum.update(place.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }
}
