package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.binary.FunctionSymbol.Binding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {

    private static final String LIBRARY = "/usr/lib/libc.so.6";

    private static BinaryFile file(String path, Set<String> imports, FunctionSymbol... functions) {
        return new BinaryFile(
                path,
                Architecture.X86_64,
                true,
                Optional.empty(),
                false,
                List.of(functions),
                List.of(),
                List.of(),
                new Imports(imports, List.of("libc.so.6")),
                List.of());
    }

    private static FunctionSymbol symbol(String name, Binding binding) {
        return new FunctionSymbol(name, 16, 16, 16, binding);
    }

    private static FunctionSymbol symbol(String name) {
        return symbol(name, Binding.GLOBAL);
    }

    private static BinaryFile program(String... imports) {
        return file("/opt/shop", Set.of(imports), symbol("main"));
    }

    /** Of a function of the library, when these files run. */
    private static List<String> hints(String function, List<BinaryFile> programs, BinaryFile... libraries) {
        FunctionSymbol site = symbol(function);
        BinaryFile library = file(LIBRARY, Set.of(), site);
        return new Hints(
                        library,
                        List.of(site),
                        programs,
                        Stream.concat(Stream.of(library), Stream.of(libraries)).toList(),
                        true)
                .sentences();
    }

    @ParameterizedTest
    @CsvSource({
        "printf@@GLIBC_2.2.5, puts",
        "printf, __printf_chk",
        "fprintf, fwrite",
        "read, __read_chk",
        "open, open64",
        "open, __open_2",
        "openat, __openat64_2",
        "memcpy, __memcpy_chk",
        "strtol, __isoc23_strtol",
        "stat, __xstat",
        "fsync, fdatasync",
        "lseek, lseek64",
        "SSL_write, SSL_write_ex",
        "_ZdlPv, _ZdlPvm"
    })
    void a_sibling_that_is_imported_is_named(String function, String sibling) {
        assertThat(hints(function, List.of(program("exit", sibling))))
                .singleElement()
                .asString()
                .startsWith("/opt/shop imports " + sibling + ": ");
    }

    @Test
    void siblings_of_libraries_are_named_where_no_program_has_one() {
        BinaryFile module = file("/usr/lib/_ssl.so", Set.of("SSL_write_ex"));

        assertThat(hints("SSL_write", List.of(program("exit")), module))
                .singleElement()
                .asString()
                .startsWith("/usr/lib/_ssl.so imports SSL_write_ex: ");
        assertThat(hints("SSL_write", List.of(program("SSL_write_ex")), module))
                .singleElement()
                .asString()
                .startsWith("/opt/shop");
    }

    @ParameterizedTest
    @CsvSource({"malloc@@GLIBC_2.2.5, malloc, GLOBAL", "malloc, malloc, WEAK", "_Znwm@@GLIBCXX_3.4, _Znwm, GLOBAL"})
    void another_file_that_has_the_function_is_named(String probed, String own, Binding binding) {
        assertThat(hints(probed, List.of(file("/opt/shop", Set.of("calloc"), symbol(own, binding)))))
                .singleElement()
                .asString()
                .contains("/opt/shop has ", "binary = \"/opt/shop\"");
        assertThat(hints(probed, List.of(program("malloc")), file("/usr/lib/libjemalloc.so.2", Set.of(), symbol(own))))
                .singleElement()
                .asString()
                .contains("binary = \"/usr/lib/libjemalloc.so.2\"");
    }

    @Test
    void a_function_of_one_source_file_and_the_loaders_own_take_no_calls() {
        assertThat(hints(
                        "malloc",
                        List.of(file("/opt/shop", Set.of("malloc"), symbol("malloc", Binding.LOCAL))),
                        file("/lib64/ld-linux-x86-64.so.2", Set.of(), symbol("malloc"))))
                .isEmpty();
    }

    @Test
    void that_nothing_imports_it_is_told() {
        assertThat(hints("gzopen", List.of(program("exit"))))
                .singleElement()
                .asString()
                .contains("no file that runs now imports gzopen", "libc.so.6 itself", "dlsym");
        FunctionSymbol site = symbol("gzopen");
        assertThat(new Hints(file(LIBRARY, Set.of(), site), List.of(site), List.of(program("exit")), List.of(), false)
                        .sentences())
                .isEmpty();
    }

    @Test
    void a_program_that_imports_nothing_is_named() {
        assertThat(hints("write", List.of(program())))
                .singleElement()
                .asString()
                .startsWith("/opt/shop imports nothing");
    }

    @Test
    void where_it_is_imported_and_nothing_else_is_known_there_is_no_hint() {
        assertThat(hints("getpid", List.of(program("getpid")))).isEmpty();
    }

    @Test
    void calls_of_a_programs_own_function_may_be_inlined() {
        FunctionSymbol site = symbol("reserve", Binding.LOCAL);
        BinaryFile program = file("/opt/shop", Set.of("exit"), site);
        BinaryFile sleeping = file("/usr/bin/sleep", Set.of("reserve64"));
        BinaryFile same = file("/usr/lib/libshop.so", Set.of(), symbol("reserve"));

        assertThat(new Hints(program, List.of(site), List.of(program, sleeping), List.of(same), true).sentences())
                .singleElement()
                .asString()
                .contains("inlining", "__attribute__((noinline, used))");
    }

    @Test
    void another_program_that_has_it_is_named() {
        FunctionSymbol site = symbol("reserve");
        BinaryFile program = file("/opt/shop", Set.of("exit"), site);
        BinaryFile other = file("/opt/worker", Set.of("exit"), site);

        assertThat(new Hints(program, List.of(site), List.of(program, other), List.of(), true).sentences())
                .hasSize(2)
                .first()
                .asString()
                .contains("binary = \"/opt/worker\"");
    }
}
