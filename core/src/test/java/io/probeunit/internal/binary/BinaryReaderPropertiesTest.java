package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.plan.NamePattern;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is in a file, reading it ends, with a model or with the exception that says what is wrong. */
class BinaryReaderPropertiesTest {

    private static final byte[] WHOLE = new ElfBuilder()
            .positionIndependent()
            .buildId("0123456789abcdef")
            .function("reserve", ElfBuilder.CODE)
            .function("reserve.isra.0", ElfBuilder.CODE + 32)
            .symbol("counter", ElfBuilder.OBJECT, ElfBuilder.DATA, 8)
            .exported("shop_open", ElfBuilder.FUNCTION, ElfBuilder.CODE + 64)
            .symbol("chosen", ElfBuilder.IFUNC, ElfBuilder.CODE + 96, 8)
            .base(ElfBuilder.DATA)
            .mark("shop", "order", ElfBuilder.CODE + 4, ElfBuilder.DATA, ElfBuilder.DATA + 2, "-4@%edi 8@counter(%rip)")
            .mark("shop", "order", ElfBuilder.CODE + 8, ElfBuilder.DATA, 0, "1@$-1 8@8(%rax,%rbx,4)")
            .build()
            .array();

    /** Where the tables begin; the code before them is zeros. */
    private static final int TABLES = (int) (ElfBuilder.DATA_OFFSET + ElfBuilder.DATA_SIZE);

    private static final int HEADERS = 64 + 2 * 56;

    private record Change(int at, int width, long value) {}

    @Property(tries = 2000)
    void changed_bytes(@ForAll("changes") List<Change> changes) {
        ByteBuffer content = ByteBuffer.wrap(WHOLE.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (Change change : changes) {
            switch (change.width()) {
                case 1 -> content.put(change.at(), (byte) change.value());
                case 4 -> content.putInt(change.at(), (int) change.value());
                default -> content.putLong(change.at(), change.value());
            }
        }
        endsWell(content);
    }

    @Property(tries = 300)
    void cut_short(@ForAll @IntRange(min = 0, max = 20_000) int length) {
        endsWell(ByteBuffer.wrap(WHOLE).limit(Math.min(length, WHOLE.length)));
    }

    @Property(tries = 300)
    void random_bytes_behind_a_good_header(@ForAll byte[] bytes) {
        byte[] content = new byte[64 + bytes.length];
        System.arraycopy(WHOLE, 0, content, 0, 64);
        System.arraycopy(bytes, 0, content, 64, bytes.length);
        endsWell(ByteBuffer.wrap(content));
    }

    @Property(tries = 300)
    void random_notes(@ForAll byte[] descriptor, @ForAll byte[] notes) {
        ElfBuilder elf = new ElfBuilder().stapsdt(3, descriptor).rawStapsdt(notes);

        assertThat(BinaryReader.read(FileContent.of(elf.build()), "/bin/x").functions())
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Integer> places = Arbitraries.oneOf(
                Arbitraries.integers().between(0, HEADERS - 8),
                Arbitraries.integers().between(TABLES, WHOLE.length - 8));
        Arbitrary<Long> values = Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.of(0L, 1L, -1L, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE),
                Arbitraries.longs().between(0, 20_000));
        return Combinators.combine(places, Arbitraries.of(1, 4, 8), values)
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static void endsWell(ByteBuffer content) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            Optional<BinaryFile> file = read(content);
            file.ifPresent(read -> assertThatCode(() -> {
                        read.functions(new NamePattern("reserv"));
                        read.marks(Optional.empty(), new NamePattern("ordr"), 10);
                    })
                    .doesNotThrowAnyException());
        });
    }

    private static Optional<BinaryFile> read(ByteBuffer content) {
        try {
            return Optional.of(BinaryReader.read(FileContent.of(content), "/bin/x"));
        } catch (BinaryException e) {
            assertThat(e).hasMessageContaining("/bin/x");
            return Optional.empty();
        }
    }
}
