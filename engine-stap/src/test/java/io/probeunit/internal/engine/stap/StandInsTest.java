package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.FakeFiles;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.targets.Reach;
import io.probeunit.internal.targets.TargetFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files that SystemTap is not shown, and what it is shown instead. */
class StandInsTest {

    private static final SessionFolder FOLDER = new SessionFolder("/run/probeunit/stap", "pu_1_abc");
    private static final String STAND_IN = FOLDER.path() + "/file0";

    private static ProbePoint function(Reach reach, String path, String symbol, long address, long offset) {
        return new ProbePoint.Function(
                "f",
                false,
                List.of(new FunctionSymbol(symbol, address, offset, 1)),
                new TargetFile("/opt/shop", path, new FileIdentity(1, 2), reach),
                List.of());
    }

    @Test
    void a_plain_symbol_of_a_mounted_file_is_named_by_itself() {
        ProbePoint plain = function(Reach.MOUNT, "/merged/opt/shop", "f", 0x2149, 0x1149);

        PlaceNames names = PlaceNames.of(List.of(plain), FOLDER);

        assertThat(names).isEqualTo(Points.BY_SYMBOL);
        assertThat(names.probePoints(plain, List.of(0x1149L)))
                .containsExactly("process(\"/merged/opt/shop\").function(\"f\").call");
        assertThat(names.probePoints(
                        function(Reach.MOUNT, "/merged/opt/shop", "f@@V_2", 0x2149, 0x1149), List.of(0x1149L)))
                .containsExactly("process(\"/merged/opt/shop\").function(\"f\").call");
    }

    @Test
    void others_are_named_by_their_offset_in_a_stand_in() {
        List<ProbePoint> others = List.of(
                function(Reach.ROOT, "/proc/7/root/opt/shop", "f", 0x2149, 0x1149),
                function(Reach.PROCESS, "/proc/7/exe", "f", 0x2149, 0x1149),
                function(Reach.MOUNT, "/merged/opt/shop", "main.(*Cart).Add", 0x2149, 0x1149),
                function(Reach.MOUNT, "/merged/opt/shop\").call {} probe begin", "f", 0x2149, 0x1149));

        for (ProbePoint point : others) {
            PlaceNames names = PlaceNames.of(List.of(point), FOLDER);

            assertThat(names.standIns()).isEqualTo(Map.of(point.file().hostPath(), STAND_IN));
            assertThat(names.probePoints(point, List.of(0x1149L)))
                    .containsExactly("process(\"%s\").function(\"pu_1149\").call".formatted(STAND_IN));
            assertThat(names.path(point.file().hostPath())).isEqualTo(STAND_IN);
        }
    }

    @Test
    void a_stand_in_has_the_places_of_all_points_and_becomes_a_link() {
        ProbePoint one = function(Reach.PROCESS, "/proc/7/exe", "f", 0x2149, 0x1149);
        ProbePoint two = function(Reach.PROCESS, "/proc/7/exe", "g", 0x1202149, 0x1201149);
        PlaceNames names = PlaceNames.of(List.of(one, two), FOLDER);
        FakeFiles files = new FakeFiles();

        names.create(files, List.of(one, two));
        byte[] standIn = files.bytes(STAND_IN);
        names.replace(files);

        assertThat(symbols(standIn)).isEqualTo(Map.of("pu_1149", 0x1149L, "pu_1201149", 0x1201149L));
        assertThat(files.link(STAND_IN)).contains("/proc/7/exe");
    }

    @Test
    void a_file_whose_symbols_are_not_seen_gets_one_too() {
        ProbePoint plain = function(Reach.MOUNT, "/merged/opt/shop", "f", 0x2149, 0x1149);

        PlaceNames names = new PlaceNames(Set.of("/merged/opt/shop"), Map.of())
                .withStandIns(List.of("/merged/opt/shop", "/merged/opt/shop"), FOLDER);

        assertThat(names.probePoints(plain, List.of(0x1149L)))
                .containsExactly("process(\"%s\").function(\"pu_1149\").call".formatted(STAND_IN));
    }

    /** The content of the segment is not in the file, which our own reader takes for truncated; so it is lengthened. */
    private static Map<String, Long> symbols(byte[] standIn) {
        ByteBuffer whole = ByteBuffer.allocate(0x1202000).put(standIn).rewind();
        BinaryFile file = BinaryReader.read(FileContent.of(whole), "stand-in");
        return file.functions().stream().collect(Collectors.toMap(FunctionSymbol::name, FunctionSymbol::fileOffset));
    }
}
