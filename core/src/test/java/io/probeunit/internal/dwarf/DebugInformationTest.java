package io.probeunit.internal.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.BinaryReader;
import io.probeunit.internal.binary.DebugFiles;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.dwarf.DebugType.Bits;
import io.probeunit.internal.host.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sources say, from the programs that the compilers of this machine make of them. */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "the places are those of x86-64")
class DebugInformationTest {

    private static final int RDI = 5;
    private static final int RSI = 4;
    private static final int RDX = 1;
    private static final int RCX = 2;
    private static final int R8 = 8;
    private static final int R9 = 9;
    private static final int RSP = 7;

    @TempDir
    static Path folder;

    static Stream<List<String>> builds() {
        return Stream.of("gcc", "clang")
                .filter(Compiled::exists)
                .flatMap(compiler -> Stream.of("-gdwarf-4", "-gdwarf-5")
                        .flatMap(version -> Stream.of("-O0", "-O1", "-O2")
                                .map(optimised -> List.of(compiler, version, optimised))));
    }

    private static BinaryFile binary(Path file) {
        return BinaryReader.read(content(file), file.toString(), debugFiles());
    }

    private static DebugFiles debugFiles() {
        return path -> Optional.of(Path.of(path)).filter(Files::exists).map(DebugInformationTest::content);
    }

    private static FileContent content(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return FileContent.inParts(bytes.length, (offset, length) -> {
                byte[] part = new byte[length];
                ByteBuffer.wrap(bytes).get(offset, part);
                return part;
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FunctionInfo function(BinaryFile file, String name) {
        FunctionSymbol symbol = file.functions().stream()
                .filter(one -> one.sourceName().equals(name))
                .findFirst()
                .orElseThrow();
        return file.debugInformation().orElseThrow().function(symbol.address()).orElseThrow();
    }

    private static List<String> texts(FunctionInfo function) {
        return function.parameters().stream()
                .map(parameter -> parameter.type().text() + " " + parameter.name())
                .toList();
    }

    private static List<EntryPlace> places(FunctionInfo function) {
        return function.parameters().stream().map(FunctionInfo.Parameter::place).toList();
    }

    private static EntryPlace register(int number) {
        return new EntryPlace.Register(number);
    }

    @ParameterizedTest
    @MethodSource("builds")
    void parameters_have_the_names_and_types_of_the_source(List<String> build) {
        BinaryFile file = binary(Compiled.build(folder, build.get(0), "shop.c", build.get(1), build.get(2)));

        assertThat(texts(function(file, "reserve")))
                .containsExactly(
                        "struct order * order",
                        "double weight",
                        "enum state state",
                        "unsigned char level",
                        "_Bool urgent",
                        "shelf_t shelf");
        assertThat(texts(function(file, "ignores"))).hasSize(3).element(2).isEqualTo("int * const kept");
        assertThat(function(file, "reserve").returns()).isEqualTo(new DebugType.Whole("int", 4, true));
        assertThat(function(file, "nothing").returns()).isEqualTo(new DebugType.Nothing());
        assertThat(function(file, "nothing").complete()).isTrue();
        assertThat(function(file, "format").complete()).isFalse();
        assertThat(function(file, "reserve").parameters().stream().map(FunctionInfo.Parameter::type))
                .satisfiesExactly(
                        order -> assertThat(order).isInstanceOf(DebugType.Pointer.class),
                        weight -> assertThat(weight).isEqualTo(new DebugType.Floating("double", 8)),
                        state -> {
                            DebugType.Enumeration all = (DebugType.Enumeration) state;
                            assertThat(all.size()).isEqualTo(4);
                            assertThat(all.signed()).isTrue();
                            assertThat(all.enumerators().get()).containsOnlyKeys("NEW", "PAID", "LOST");
                            assertThat(all.enumerators().get())
                                    .containsEntry("PAID", 7L)
                                    .containsEntry("LOST", -1L);
                        },
                        level -> assertThat(level).isEqualTo(new DebugType.Whole("unsigned char", 1, false)),
                        urgent -> assertThat(urgent).isEqualTo(new DebugType.Whole("_Bool", 1, false)),
                        shelf -> assertThat(shelf).isEqualTo(new DebugType.Whole("shelf_t", 2, false)));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void parameters_are_where_the_convention_puts_them(List<String> build) {
        BinaryFile file = binary(Compiled.build(folder, build.get(0), "shop.c", build.get(1), build.get(2)));

        List<EntryPlace> places = places(function(file, "reserve"));
        assertThat(places.get(0)).isEqualTo(register(RDI));
        assertThat(places.subList(2, 6)).containsExactly(register(RSI), register(RDX), register(RCX), register(R8));
        assertThat(places(function(file, "stored"))).containsExactly(register(RDI));
        assertThat(places(function(file, "many")).subList(0, 6))
                .containsExactly(
                        register(RDI), register(RSI), register(RDX), register(RCX), register(R8), register(R9));
        assertThat(places(function(file, "many")).get(7))
                .isIn(new EntryPlace.Memory(RSP, 16), EntryPlace.Nowhere.LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void on_the_stack_is_above_the_return_address(String version) {
        BinaryFile file = binary(Compiled.build(folder, "gcc", "shop.c", version, "-O2"));

        assertThat(places(function(file, "many")).subList(6, 8))
                .containsExactly(new EntryPlace.Memory(RSP, 8), new EntryPlace.Memory(RSP, 16));
    }

    /** Compilers write an empty range for a parameter that the first statement changes; here one is made of a full one. */
    @Test
    void a_parameter_that_changes_at_once_is_where_the_caller_put_it() throws IOException {
        Path program = Compiled.build(folder, "gcc", "shop.c", "-gdwarf-5", "-O2");
        byte[] bytes = Files.readAllBytes(program);
        int changed = 0;
        for (int at = 0; at < bytes.length - 7; at++) {
            // from 0 to some offset in rdi, and then elsewhere
            boolean pair = bytes[at] == 4 && bytes[at + 1] == 0 && bytes[at + 3] == 1 && bytes[at + 4] == 0x55;
            if (pair && bytes[at + 5] == 4 && bytes[at + 6] == bytes[at + 2]) {
                bytes[at + 2] = 0;
                bytes[at + 6] = 0;
                changed++;
            }
        }
        Files.write(program, bytes);

        assertThat(changed).isPositive();
        assertThat(places(function(binary(program), "charge"))).containsExactly(register(RDI));
        assertThat(places(function(binary(program), "main"))).startsWith(register(RDI));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void a_clone_has_the_parameters_of_its_source(String version) {
        BinaryFile file = binary(Compiled.build(folder, "gcc", "shop.c", version, "-O2"));
        FunctionInfo scaled = function(file, "scaled");

        assertThat(file.functions()).extracting(FunctionSymbol::name).contains("scaled.constprop.0");
        assertThat(texts(scaled)).containsExactly("int value", "int factor");
        assertThat(places(scaled)).containsExactly(register(RDI), new EntryPlace.Constant(10));
    }

    @ParameterizedTest
    @MethodSource("builds")
    void members_are_where_the_compiler_puts_them(List<String> build) {
        BinaryFile file = binary(Compiled.build(folder, build.get(0), "shop.c", build.get(1), build.get(2)));
        DebugType.Pointer order = (DebugType.Pointer)
                function(file, "reserve").parameters().get(0).type();

        DebugType.Structure structure = (DebugType.Structure) order.target().get();
        assertThat(structure.size()).isEqualTo(40);
        assertThat(structure.members().get())
                .extracting(member -> "%s %s +%d %s"
                        .formatted(
                                member.type().get().text(),
                                member.name(),
                                member.offset(),
                                member.bits()
                                        .map(bits -> bits.first() + "/" + bits.count())
                                        .orElse("")))
                .map(text -> text.replace("long int", "long").strip())
                .containsExactly(
                        "int id +0",
                        "const char * customer +8",
                        "unsigned int paid +16 0/1",
                        "unsigned int kind +16 1/5",
                        "long total +24",
                        "char[8] code +24",
                        "struct order * next +32");
        assertThat(structure.members().get().get(3).bits()).hasValue(new Bits(1, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O2"})
    void members_of_classes_have_this_and_what_they_derive(String optimised) {
        BinaryFile file = binary(Compiled.build(folder, "g++", "cart.cc", "-gdwarf-5", optimised));
        FunctionInfo add = function(file, "shop::Cart::add");

        assertThat(texts(add))
                .containsExactly("Cart * const this", "int number", "const string & name", "enum Size size");
        assertThat(places(add)).containsExactly(register(RDI), register(RSI), register(RDX), register(RCX));
        assertThat(add.parameters().get(3).type()).isInstanceOfSatisfying(DebugType.Enumeration.class, size -> {
            assertThat(size.size()).isEqualTo(1);
            assertThat(size.signed()).isFalse();
        });
        DebugType.Pointer cart = (DebugType.Pointer) add.parameters().get(0).type();
        Map<String, Long> members = ((DebugType.Structure) cart.target().get())
                .members().get().stream().collect(Collectors.toMap(DebugType.Member::name, DebugType.Member::offset));
        assertThat(members).containsEntry("weight", 8L).containsEntry("count", 12L);
        assertThat(texts(function(file, "shop::Cart::total"))).containsExactly("long int amount");
        assertThat(function(file, "shop::twice").parameters().get(0).type())
                .isEqualTo(new DebugType.Whole("short int", 2, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O2"})
    void parameters_that_only_the_compiler_sees_take_registers_if_they_are_passed(String optimised) {
        BinaryFile file = binary(Compiled.build(folder, "g++", "cart.cc", optimised));
        DebugInformation information = file.debugInformation().orElseThrow();

        Map<String, FunctionInfo> constructors = file.functions().stream()
                .filter(symbol -> symbol.name().startsWith("_ZN4shop7VirtualC"))
                .collect(Collectors.toMap(
                        symbol -> symbol.name().substring(16, 18),
                        symbol -> information.function(symbol.address()).orElseThrow()));
        assertThat(texts(constructors.get("C1")))
                .containsExactly("struct Virtual * const this", "const char * name", "int number");
        assertThat(places(constructors.get("C1"))).containsExactly(register(RDI), register(RSI), register(RDX));
        assertThat(texts(constructors.get("C2"))).hasSize(4).endsWith("const char * name", "int number");
        assertThat(places(constructors.get("C2")))
                .containsExactly(register(RDI), register(RSI), register(RDX), register(RCX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void compressed_sections_are_the_same(String version) {
        Path plain = Compiled.build(folder, "gcc", "shop.c", version, "-O2");
        Path compressed = Compiled.build(folder, "gcc", "shop.c", version, "-O2", "-gz=zlib");

        assertThat(Compiled.run("readelf", "-SW", compressed.toString()))
                .anyMatch(line -> line.contains(".debug_info") && line.contains(" C "));
        assertThat(texts(function(binary(compressed), "reserve"))).isEqualTo(texts(function(binary(plain), "reserve")));
    }

    @Test
    void what_was_split_from_a_program_is_found_by_its_build_id_alone() throws IOException {
        Path program = Compiled.build(folder, "gcc", "shop.c", "-O2", "-Wl,--build-id");
        Path debug = folder.resolve("shop.debug");
        Compiled.run("objcopy", "--only-keep-debug", program.toString(), debug.toString());
        Path other = Compiled.build(folder, "gcc", "shop.c", "-O1", "-Wl,--build-id");
        Compiled.run("strip", program.toString());
        BinaryFile bare = BinaryReader.read(content(program), "/opt/shop");
        String id = bare.buildId().orElseThrow();
        String place = "/usr/lib/debug/.build-id/%s/%s.debug".formatted(id.substring(0, 2), id.substring(2));

        BinaryFile whole = BinaryReader.read(
                content(program),
                "/opt/shop",
                path -> Optional.of(path).filter(place::equals).map(found -> content(debug)));
        BinaryFile wrong = BinaryReader.read(
                content(program),
                "/opt/shop",
                path -> Optional.of(path).filter(place::equals).map(found -> content(other)));

        assertThat(bare.debugInformation()).isEmpty();
        assertThat(wrong.debugInformation()).isEmpty();
        assertThat(whole.debugInformation())
                .hasValueSatisfying(found -> assertThat(found.path()).isEqualTo(place));
        assertThat(texts(function(whole, "stored"))).containsExactly("int number");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void lines_are_those_of_readelf(List<String> build) {
        Path program = Compiled.build(folder, build.get(0), "shop.c", build.get(1), build.get(2));
        DebugInformation information = binary(program).debugInformation().orElseThrow();

        Map<Long, Integer> truth = DecodedLines.of(program);
        Map<Long, Integer> read = truth.keySet().stream()
                .collect(Collectors.toMap(
                        address -> address,
                        address ->
                                information.line(address).map(SourceLine::line).orElse(0)));

        assertThat(truth).hasSizeGreaterThan(20);
        assertThat(read).isEqualTo(truth);
        assertThat(information.line(truth.keySet().iterator().next()).map(SourceLine::file))
                .hasValueSatisfying(name ->
                        assertThat(name).isEqualTo(folder.resolve("shop.c").toString()));
    }
}
