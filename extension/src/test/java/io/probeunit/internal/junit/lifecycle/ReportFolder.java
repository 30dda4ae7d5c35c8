package io.probeunit.internal.junit.lifecycle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;

/** A place for published files: a folder for each test and class, by its display name. */
record ReportFolder(Path folder) implements OutputDirectoryCreator {

    @Override
    public Path getRootDirectory() {
        return folder;
    }

    @Override
    public Path createOutputDirectory(TestDescriptor test) throws IOException {
        return Files.createDirectories(folder.resolve(test.getDisplayName()));
    }

    /** The paths of all files in it. */
    List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    /** What an action prints. */
    static String printedBy(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
