package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.run.ReportTrouble;
import io.probeunit.internal.timeline.ClassTimeline;
import io.probeunit.internal.timeline.TestWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The timeline of a top-level class and its nested classes. It is published when the first test wants it, so that the
 * failure names it, and written again after the last test. Thread-safe.
 */
final class TimelineFile {

    /** The file that is published for a class. */
    static final String FILE = "timeline.html";

    private final ExtensionContext topLevel;
    private final ReportTrouble trouble;
    private final ClassTimeline timeline;
    private Optional<Path> page = Optional.empty();

    TimelineFile(ExtensionContext topLevel, ReportTrouble trouble) {
        this.topLevel = topLevel;
        this.trouble = trouble;
        this.timeline = new ClassTimeline(topLevel.getRequiredTestClass().getName());
    }

    void add(TestWindow window) {
        timeline.add(window);
    }

    /** The page, which is published if it was not. */
    synchronized Optional<Path> publish() {
        if (page.isEmpty()) {
            topLevel.publishFile(FILE, MediaType.create("text", "html", StandardCharsets.UTF_8), path -> {
                timeline.write(path, false);
                page = Optional.of(path.toAbsolutePath());
            });
        }
        return page;
    }

    /** Never fails: problems go to the log. */
    synchronized void complete() {
        page.ifPresent(path -> {
            try {
                timeline.write(path, true);
            } catch (IOException | RuntimeException e) {
                trouble.tell("timeline", topLevel.getUniqueId(), e);
            }
        });
    }
}
