package io.probeunit.internal.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.host.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DamagedDebugInformationTest {

    @TempDir
    static Path folder;

    @Test
    @Timeout(60)
    void any_damage_is_an_answer_or_an_error_in_bounded_time_and_memory() {
        DwarfFuzz fuzz = DwarfFuzz.on(folder);

        fuzz.run(400);

        assertThat(fuzz.refused()).as(fuzz.figures()).isGreaterThan(100);
        assertThat(fuzz.answers()).as(fuzz.figures()).isGreaterThan(1_000);
    }

    @Test
    void an_error_names_the_section_and_the_file() throws IOException {
        Path program = Compiled.build(folder, "gcc", "shop.c", "-gdwarf-5");
        Path cut = folder.resolve("cut");
        Path empty = Files.createFile(folder.resolve("empty"));
        Compiled.run("objcopy", "--update-section", ".debug_abbrev=" + empty, program.toString(), cut.toString());
        BinaryFile file = BinaryReader.read(FileContent.of(ByteBuffer.wrap(Files.readAllBytes(cut))), "/opt/shop");
        long main = file.functions().stream()
                .filter(symbol -> symbol.name().equals("main"))
                .findFirst()
                .orElseThrow()
                .address();

        assertThatThrownBy(() -> file.debugInformation().orElseThrow().function(main))
                .isInstanceOf(DwarfException.class)
                .hasMessageContaining("/opt/shop is damaged (PU1601): section .debug_abbrev");
    }

    @Test
    void a_compression_that_is_not_read_is_said() throws IOException {
        Path program = Compiled.build(folder, "gcc", "shop.c", "-gdwarf-5", "-gz=zlib");
        byte[] bytes = Files.readAllBytes(program);
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        // the header of a compressed section: zlib, then four bytes of nothing
        for (int at = all.indexOf("\1\0\0\0\0\0\0\0"); at >= 0; at = all.indexOf("\1\0\0\0\0\0\0\0", at + 1)) {
            if (at + 26 < bytes.length && bytes[at + 24] == 0x78) {
                bytes[at] = 2;
            }
        }
        BinaryFile file = BinaryReader.read(FileContent.of(ByteBuffer.wrap(bytes)), "/opt/shop");

        assertThatThrownBy(() -> file.debugInformation().orElseThrow().function(0))
                .hasMessageContaining("of /opt/shop is compressed with zstd (PU1602)");
    }
}
