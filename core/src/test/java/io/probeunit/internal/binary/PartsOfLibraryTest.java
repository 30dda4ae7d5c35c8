package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfSectionHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What of a large library is read, as where each part crosses a connection. */
@EnabledOnOs(OS.LINUX)
class PartsOfLibraryTest {

    private static final Path LIBRARY = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");

    private final byte[] bytes = Files.readAllBytes(LIBRARY);
    private final List<Part> parts = new ArrayList<>();
    private final FileContent content = inParts(bytes);
    private final BinaryFile file = BinaryReader.read(content, "libjvm.so");

    PartsOfLibraryTest() throws IOException {}

    private record Part(long offset, long length) {}

    private FileContent inParts(byte[] all) {
        return FileContent.inParts(all.length, (offset, length) -> {
            parts.add(new Part(offset, length));
            return Arrays.copyOfRange(all, offset, offset + length);
        });
    }

    private long read() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    private FunctionLookup.Found create() {
        return (FunctionLookup.Found) file.functions(new NamePattern("JNI_CreateJavaVM"));
    }

    @Test
    void a_function_is_found_in_few_parts() {
        FunctionCode code = new FunctionCode(file, content);

        assertThat(create().sites())
                .hasSize(1)
                .allSatisfy(site -> assertThat(code.look(site).symbol()).isEqualTo(site));

        assertThat(read()).isLessThan(bytes.length / 3);
        assertThat(parts).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void a_table_is_one_part() {
        Sections sections = Sections.read(FileContent.of(ByteBuffer.wrap(bytes)), "libjvm.so");

        sections.ofType(ElfSectionHeader.SHT_SYMTAB).ifPresent(table -> {
            Sections.Header names = sections.at(table.link()).orElseThrow();
            assertThat(parts).contains(new Part(table.offset(), table.size()), new Part(names.offset(), names.size()));
        });
    }

    @Test
    void more_questions_read_code_alone() {
        FunctionCode code = new FunctionCode(file, content);
        create();
        int before = parts.size();

        file.functions(new NamePattern("JNI_Create*"));
        file.functions(new NamePattern("no_such_function"));
        file.marks(MarkSpec.parse("*", new BinarySelector.TargetDefault(), Optional.empty()));
        assertThat(parts).hasSize(before);

        code.look(create().sites().get(0));
        int after = parts.size();
        code.look(create().sites().get(0));
        assertThat(after).isLessThanOrEqualTo(before + 2);
        assertThat(parts).hasSize(after);
    }

    @Test
    void what_is_found_is_the_same_as_in_the_whole_file() {
        BinaryFile whole = BinaryReader.read(FileContent.of(ByteBuffer.wrap(bytes)), "libjvm.so");

        assertThat(file.functions()).isEqualTo(whole.functions());
        assertThat(file.marks()).isEqualTo(whole.marks());
        assertThat(file.imports()).isEqualTo(whole.imports());
        assertThat(file.buildId()).isEqualTo(whole.buildId());
    }

    @Test
    void the_room_behind_the_code_is_found_in_few_parts() {
        parts.clear();
        FileContent fresh = inParts(bytes);

        assertThat(CodePadding.offsets(fresh, "libjvm.so"))
                .isEqualTo(CodePadding.offsets(FileContent.of(ByteBuffer.wrap(bytes)), "libjvm.so"));
        assertThat(parts).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void the_role_is_told_in_few_parts() {
        parts.clear();
        FileContent fresh = inParts(bytes);

        assertThat(ElfRole.read(fresh)).contains(new ElfRole(false, false, "libjvm.so"));
        assertThat(parts).hasSizeLessThanOrEqualTo(3);
    }
}
