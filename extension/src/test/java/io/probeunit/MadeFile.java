package io.probeunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of the sources that is made from the code: tests compare it, and write it if they are asked to.
 *
 * @param path below the folder of this module
 */
public record MadeFile(Path path) {

    private static final String WRITE = "build.docs.write";

    /** Compares the file, or writes it first. */
    public void mustBe(List<String> lines) throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(path, String.join("\n", lines) + "\n");
        }
        assertThat(Files.readAllLines(path))
                .as(
                        "%s is made from the code. If the change is meant, write the file with: ./mvnw -pl extension -am test -Dtest='ApiTest,PublishedSettingsTest' -D%s=true",
                        path.normalize(), WRITE)
                .containsExactlyElementsOf(lines);
    }
}
