package io.probeunit.internal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What runs here, without asking anything else. */
final class Versions {

    private Versions() {}

    /** By what they are of, in order. */
    static Map<String, String> here() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("ProbeUnit", ofProbeUnit());
        versions.put("Java", "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")));
        versions.put(
                "This machine",
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
        return versions;
    }

    /** The build writes it beside this class, since not every way to run it has the manifest of its archive. */
    static String ofProbeUnit() {
        try (InputStream file = Versions.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
