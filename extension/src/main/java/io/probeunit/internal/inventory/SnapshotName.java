package io.probeunit.internal.inventory;

import io.probeunit.internal.plan.PlanException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The name of a file in the test resources.
 *
 * @param text as given: from the root of the resources, or from the folder of the test class; with a slash in front from
 *     the root alone; {@code ""} for a file beside the test class, with its simple name and {@code .marks}
 * @param testClass the class whose test it is
 */
public record SnapshotName(String text, Class<?> testClass) {

    /**
     * Checks the text.
     *
     * @throws PlanException if it could name a file outside of the test resources
     */
    public SnapshotName {
        boolean control = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
        boolean up = List.of(text.split("/", -1)).contains("..");
        if (control || up || text.indexOf('\\') >= 0 || text.endsWith("/")) {
            throw new PlanException(
                    "snapshot = \"%s\" names no file in the test resources (PU0806); write a path from their root with '/', such as \"markers/shop.txt\"."
                            .formatted(text.replaceAll("\\p{Cntrl}", "\ufffd")));
        }
    }

    /** Names on the class path, in the order in which they are looked for. */
    List<String> resources() {
        if (text.isEmpty()) {
            return List.of(beside(testClass.getSimpleName() + ".marks"));
        }
        return text.startsWith("/")
                ? List.of(text.substring(1))
                : Stream.of(text, beside(text)).distinct().toList();
    }

    private String beside(String name) {
        String folder = testClass.getPackageName().replace('.', '/');
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
