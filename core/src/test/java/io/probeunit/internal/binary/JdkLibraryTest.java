package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.NamePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A real library that every machine has on which these tests run; in some distributions it has 500 marks. */
@EnabledOnOs(OS.LINUX)
class JdkLibraryTest {

    private static final Path LIBRARY = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");

    private static BinaryFile read() throws IOException {
        try (FileChannel channel = FileChannel.open(LIBRARY)) {
            return BinaryReader.read(
                    FileContent.of(channel.map(MapMode.READ_ONLY, 0, channel.size())), LIBRARY.toString());
        }
    }

    @Test
    void is_read_whole() throws IOException {
        BinaryFile file = read();

        assertThat(file.positionIndependent()).isTrue();
        assertThat(file.warnings()).isEmpty();
        assertThat(file.functions(new NamePattern("JNI_CreateJavaVM")))
                .isInstanceOfSatisfying(
                        FunctionLookup.Found.class,
                        found -> assertThat(found.sites()).hasSize(1));
        assertThat(file.marks())
                .flatExtracting(Mark::sites)
                .flatExtracting(MarkSite::operands)
                .extracting(Operand::location)
                .doesNotHaveAnyElementsOfTypes(OperandLocation.Unsupported.class);
    }

    @Test
    void without_section_headers_has_the_functions_that_it_exports() throws IOException {
        ByteBuffer content = bytes();
        BinaryFile whole = BinaryReader.read(FileContent.of(content), "whole");
        content.putLong(40, 0).putShort(60, (short) 0).putShort(62, (short) 0);
        BinaryFile stripped = BinaryReader.read(FileContent.of(content), "stripped");

        assertThat(stripped.stripped()).isTrue();
        assertThat(stripped.functions()).isNotEmpty().isSubsetOf(whole.functions());
        assertThat(stripped.functions())
                .extracting(FunctionSymbol::unversioned)
                .contains("JNI_CreateJavaVM", "JNI_GetCreatedJavaVMs");
        assertThat(stripped.imports().libraries()).isEqualTo(whole.imports().libraries());
        assertThat(stripped.warnings()).singleElement().asString().contains("stripped has no section headers");
    }

    @Test
    void with_the_numbers_of_its_sections_in_the_first_one_is_the_same() throws IOException {
        ByteBuffer content = bytes();
        BinaryFile whole = BinaryReader.read(FileContent.of(content), "x");
        int first = (int) content.getLong(40);
        content.putLong(first + 32, content.getShort(60)).putInt(first + 40, content.getShort(62));
        content.putShort(60, (short) 0).putShort(62, (short) 0xffff);

        BinaryFile many = BinaryReader.read(FileContent.of(content), "x");

        assertThat(many.functions()).isEqualTo(whole.functions());
        assertThat(many.marks()).isEqualTo(whole.marks());
        assertThat(many.stripped()).isEqualTo(whole.stripped());
        assertThat(many.warnings()).isEmpty();
    }

    private static ByteBuffer bytes() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(LIBRARY)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
