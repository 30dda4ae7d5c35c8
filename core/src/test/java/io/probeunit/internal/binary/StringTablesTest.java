package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StringTablesTest {

    private static final int SIZE = 100_000;

    private final List<Integer> read = new ArrayList<>();
    private final StringTables tables = new StringTables(
            new Sections(List.of(section(0, 0, false), section(1, 0, true), section(2, 1, true), section(3, 2, false))),
            FileContent.inParts(SIZE, (offset, length) -> {
                read.add(length);
                byte[] names = new byte[length];
                names[7] = 'f';
                return names;
            }));

    private static Sections.Header section(int index, int link, boolean inFile) {
        return new Sections.Header(index, "", 3, false, false, 0, 0, SIZE, link, 1, 0, inFile);
    }

    @Test
    void names_that_several_tables_refer_to_are_read_once() {
        assertThat(tables.of(section(4, 1, true)).orElseThrow().at(7)).contains("f");
        assertThat(tables.of(section(5, 1, true)).orElseThrow().at(7)).contains("f");

        assertThat(read).containsExactly(SIZE);
    }

    @Test
    void names_that_are_not_in_the_file_are_none() {
        assertThat(tables.of(section(4, 0, true))).isEmpty();
        assertThat(tables.of(section(4, 3, true))).isEmpty();
        assertThat(tables.of(section(4, 9, true))).isEmpty();
        assertThat(read).isEmpty();
    }
}
