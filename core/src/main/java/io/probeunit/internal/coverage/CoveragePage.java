package io.probeunit.internal.coverage;

import io.probeunit.internal.report.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Coverage for people: one page that needs no other file and no network. */
final class CoveragePage {

    private static final String DATA = "/*DATA*/";

    private CoveragePage() {}

    static String write(CoverageData data) {
        // names come from containers: none may end the script
        return template().replace(DATA, Json.inScript(CoverageJson.items(data)));
    }

    private static String template() {
        try (InputStream page = Optional.ofNullable(CoveragePage.class.getResourceAsStream("coverage.html"))
                .orElseThrow(() -> new IllegalStateException("coverage.html is not in the jar"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
