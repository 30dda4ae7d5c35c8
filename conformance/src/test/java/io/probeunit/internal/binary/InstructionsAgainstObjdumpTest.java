package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.probeunit.internal.host.FileContent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every instruction of libraries of this machine, as objdump of binutils reads it: hundreds of thousands, from the C and C++
 * compilers and by hand, with all that this processor family has. No container is needed.
 */
@Tag("once")
class InstructionsAgainstObjdumpTest {

    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t((?:[0-9a-f]{2} )+)\\s*\\t(.*)");
    private static final Pattern JUMP = Pattern.compile(
            "(?:bnd |notrack |data16 |rex.W )*(?:j\\w+|loop\\w*|call)(?:,p[nt])?\\s+([0-9a-f]+)(?: <.*)?");
    private static final int FOLLOWING = 15;

    @ParameterizedTest
    @ValueSource(strings = {"libc.so.6", "libm.so.6", "libstdc++.so.6"})
    void all_are_as_long_and_jump_as_far(String library) throws Exception {
        Path file = Path.of("/usr/lib/x86_64-linux-gnu", library);
        assumeThat(file).exists();
        Process objdump = new ProcessBuilder("objdump", "-d", "-z", "-w", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> others = new ArrayList<>();
        long same = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(objdump.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher told = LINE.matcher(line);
                if (!told.matches() || told.group(3).contains("(bad)")) {
                    continue;
                }
                if (isSame(told)) {
                    same++;
                } else {
                    others.add(line);
                }
            }
        }

        assertThat(others).as("What is read otherwise in %s", file).isEmpty();
        assertThat(objdump.waitFor()).isZero();
        assertThat(same).isGreaterThan(Files.size(file) / 20);
    }

    private static boolean isSame(Matcher told) {
        // it takes a wait for a part of what follows; the processor takes it for an instruction of its own
        byte[] bytes = HexFormat.of().parseHex(told.group(2).replace(" ", "").replaceFirst("^9b(?=.)", ""));
        ByteBuffer code = ByteBuffer.allocate(bytes.length + FOLLOWING).put(bytes);
        Optional<Instruction> read = new X86Instructions().read(FileContent.of(code), 0, code.capacity());
        Matcher jump = JUMP.matcher(told.group(3).strip());
        return read.filter(i -> i.length() == bytes.length)
                .filter(i -> jump.matches()
                        ? i.target().isPresent()
                                && Long.parseLong(told.group(1), 16)
                                                + i.target().getAsInt()
                                        == Long.parseLong(jump.group(1), 16)
                        : i.target().isEmpty())
                .isPresent();
    }
}
