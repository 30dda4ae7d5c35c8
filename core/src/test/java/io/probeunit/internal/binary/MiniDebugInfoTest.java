package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.NamePattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class MiniDebugInfoTest {

    private static final ByteBuffer SYMBOLS = new ElfBuilder()
            .function("static_one", ElfBuilder.CODE)
            .symbol("state", ElfBuilder.OBJECT, ElfBuilder.DATA, 4)
            .build();

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
            xz.write(bytes);
        }
        return out.toByteArray();
    }

    private static BinaryFile read(byte[] section) {
        return BinaryReader.read(
                FileContent.of(new ElfBuilder()
                        .stripped()
                        .exported("exported_two", ElfBuilder.FUNCTION, ElfBuilder.CODE + 0x20)
                        .section(".gnu_debugdata", ElfBuilder.SHT_PROGBITS, 0, section)
                        .build()),
                "/opt/dd");
    }

    @Test
    void has_the_functions_of_a_stripped_file() throws IOException {
        BinaryFile file = read(compressed(SYMBOLS.array()));

        assertThat(file.functions()).extracting(FunctionSymbol::name).containsExactly("static_one", "exported_two");
        assertThat(file.stripped()).isFalse();
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void that_is_damaged_is_left_out_and_that_is_said() throws IOException {
        byte[] damaged = compressed(SYMBOLS.array());
        damaged[damaged.length / 2] ^= 0x55;

        BinaryFile file = read(damaged);

        assertThat(file.stripped()).isTrue();
        assertThat(file.functions()).extracting(FunctionSymbol::name).containsExactly("exported_two");
        assertThat(((FunctionLookup.NotFound) file.functions(new NamePattern("static_one"))).message())
                .contains("/opt/dd", ".gnu_debugdata", "cannot be read");
    }

    @Test
    void that_is_no_program_or_huge_is_left_out_and_that_is_said() throws IOException {
        assertThat(read(compressed(new byte[100])).warnings())
                .singleElement()
                .asString()
                .contains("cannot be read", "not an ELF file");
        assertThat(read(compressed(new byte[(64 << 20) + 1])).warnings())
                .singleElement()
                .asString()
                .contains("cannot be read", "more than 64 MB");
    }
}
