package io.probeunit.internal.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesFolderTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "app/target/test-classes, app/src/test/resources",
        "app/build/classes/java/test, app/src/test/resources",
        "app/build/classes/kotlin/integrationTest, app/src/integrationTest/resources",
        "app/out/test/classes, app/src/test/resources",
        "app/bin/test, app/src/test/resources",
        "target/test-classes, src/test/resources"
    })
    void it_is_that_of_the_project_whose_build_made_the_classes(String classes, String resources) throws IOException {
        Files.createDirectories(root.resolve("src/test"));
        Files.createDirectories(root.resolve("app/src/test"));
        Files.createDirectories(root.resolve("app/src/integrationTest"));
        Files.createDirectories(root.resolve(classes));

        assertThat(ResourcesFolder.above(root.resolve(classes))).contains(root.resolve(resources));
    }

    @Test
    void without_sources_above_it_is_unknown() throws IOException {
        Path classes = Files.createDirectories(root.resolve("somewhere/classes"));

        assertThat(ResourcesFolder.above(classes)).isEmpty();
    }

    @Test
    void it_is_found_from_a_class_of_a_folder_and_not_from_one_of_a_jar() {
        assertThat(ResourcesFolder.find(getClass()).orElseThrow())
                .endsWith(Path.of("extension", "src", "test", "resources"));
        assertThat(ResourcesFolder.find(Test.class)).isEmpty();
        assertThat(ResourcesFolder.unknown(Test.class)).contains(Test.class.getName(), "probeunit.snapshots.folder");
    }
}
