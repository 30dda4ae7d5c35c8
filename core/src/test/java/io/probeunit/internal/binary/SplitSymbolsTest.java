package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitSymbolsTest {

    private static final String BY_BUILD_ID = "/usr/lib/debug/.build-id/ab/cdef01.debug";

    private final Map<String, ByteBuffer> files = new HashMap<>();

    @Test
    void are_found_by_build_id() {
        files.put(BY_BUILD_ID, symbols().buildId("abcdef01").build());

        BinaryFile file = read(program().buildId("abcdef01"));

        assertThat(file.stripped()).isFalse();
        assertThat(file.functions()).extracting(FunctionSymbol::name).containsExactly("order");
    }

    @Test
    void of_another_build_are_not_used_and_that_is_said() {
        files.put(BY_BUILD_ID, symbols().buildId("abcdef02").build());

        isNotUsed(read(program().buildId("abcdef01")), BY_BUILD_ID, "another build-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/shop.debug", "/opt/.debug/shop.debug", "/usr/lib/debug/opt/shop.debug"})
    void are_found_by_the_link(String place) {
        ByteBuffer symbols = symbols().build();
        files.put(place, symbols);

        BinaryFile file = read(linked(checksum(symbols)));

        assertThat(file.stripped()).isFalse();
        assertThat(file.functions()).extracting(FunctionSymbol::name).containsExactly("order");
    }

    @Test
    void with_another_checksum_than_the_links_are_not_used_and_that_is_said() {
        ByteBuffer symbols = symbols().build();
        files.put("/opt/shop.debug", symbols);

        isNotUsed(read(linked(checksum(symbols) + 1)), "/opt/shop.debug", "checksum differs");
    }

    private static void isNotUsed(BinaryFile file, String debugFile, String reason) {
        assertThat(file.stripped()).isTrue();
        assertThat(file.functions()).isEmpty();
        assertThat(file.warnings()).singleElement().asString().contains(debugFile, "/opt/shop", reason);
    }

    private BinaryFile read(ElfBuilder program) {
        return BinaryReader.read(
                FileContent.of(program.build()),
                "/opt/shop",
                path -> Optional.ofNullable(files.get(path)).map(FileContent::of));
    }

    private static ElfBuilder program() {
        return new ElfBuilder().stripped();
    }

    private static ElfBuilder symbols() {
        return new ElfBuilder().function("order", ElfBuilder.CODE);
    }

    /** The name, zeros up to a multiple of four, and the checksum. */
    private static ElfBuilder linked(int checksum) {
        ByteBuffer link = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        link.put("shop.debug".getBytes(StandardCharsets.US_ASCII)).putInt(12, checksum);
        return program().section(".gnu_debuglink", ElfBuilder.SHT_PROGBITS, 0, link.array());
    }

    private static int checksum(ByteBuffer content) {
        CRC32 checksum = new CRC32();
        checksum.update(content.duplicate());
        return (int) checksum.getValue();
    }
}
