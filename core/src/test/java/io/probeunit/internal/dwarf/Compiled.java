package io.probeunit.internal.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs that compilers of this machine make of the sources beside the tests. */
public final class Compiled {

    private Compiled() {}

    public static Path build(Path folder, String compiler, String source, String... options) {
        try {
            Path file = folder.resolve(source);
            try (InputStream in = Compiled.class.getResourceAsStream("/dwarf/" + source)) {
                Files.write(file, in.readAllBytes());
            }
            Path program = Files.createTempFile(folder, source.replace('.', '-'), "");
            List<String> command = new ArrayList<>(List.of(compiler, "-g", "-o", program.toString(), file.toString()));
            command.addAll(List.of(options));
            run(command.toArray(String[]::new));
            return program;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its output; the test is aborted on a machine that lacks the program. */
    public static List<String> run(String... command) {
        if (!exists(command[0])) {
            abort("this machine has no " + command[0]);
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as("%s", List.of(command)).isZero();
            return lines;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static boolean exists(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
