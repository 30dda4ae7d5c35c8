package io.probeunit.conformance.kit;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The engine and the host that this run of the suite is about: the system properties {@code build.conformance.engine}
 * and {@code build.conformance.host}.
 *
 * <p>They become the settings of every test, so that no test names an engine. As system properties: these reach the test
 * kit too, which passes no configuration parameters on.
 */
public final class EngineUnderTest implements LauncherSessionListener {

    /** The engine's name, as {@code Recording.engine()} tells it. */
    public static String name() {
        return System.getProperty("build.conformance.engine", "stap");
    }

    /**
     * Says whether it must read texts in pages that are not mapped yet; others may say that they cannot. The built-in
     * engine cannot where it is attached by perf events.
     */
    public static boolean readsWhatIsNotInMemory() {
        return name().equals("uprobe")
                && !System.getProperty("probeunit.uprobe.attach", "").equalsIgnoreCase("PERF");
    }

    /** What SystemTap's processes need on this machine. */
    public static Map<String, String> stapEnvironment() {
        return Arrays.stream(
                        System.getProperty("probeunit.stap.environment", "").split(","))
                .filter(entry -> entry.contains("="))
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** The host's name. */
    public static String host() {
        return System.getProperty("build.conformance.host", "local");
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        choose();
    }

    static void choose() {
        System.setProperty("probeunit.engine", name());
        System.setProperty("probeunit.host", host());
    }
}
