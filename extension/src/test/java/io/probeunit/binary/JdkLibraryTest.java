package io.probeunit.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.plan.NamePattern;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
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
            return BinaryReader.read(channel.map(MapMode.READ_ONLY, 0, channel.size()), LIBRARY.toString());
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
}
