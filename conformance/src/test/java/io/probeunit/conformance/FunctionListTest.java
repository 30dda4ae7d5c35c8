package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Functions;
import io.probeunit.ProbeException;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The list of functions is that of nm, less what nobody calls by its name, and says of each what an annotation would. */
@Tag("once")
@Testcontainers
@Timeout(120)
class FunctionListTest {

    private static final Pattern SYMBOL = Pattern.compile("(?m)^([0-9a-f]+) (?:[0-9a-f]+ )?([tTwWi]) (\\S+)$");
    private static final String CXX = "/opt/names/cxx";

    @Container
    static final TruthContainer truth = new TruthContainer();

    @Container
    static final ProgramsContainer names = new ProgramsContainer("names");

    @TempDir
    Path folder;

    @Test
    void all_functions_are_those_of_nm() throws Exception {
        Functions functions = Functions.of(truth, TruthContainer.PIE, "*");
        Map<String, Set<String>> nm = nm(truth, TruthContainer.PIE);

        assertThat(functions.binary()).isEqualTo(TruthContainer.PIE);
        Set<String> listed = functions.list().stream()
                .flatMap(function -> function.symbols().stream())
                .collect(Collectors.toSet());
        assertThat(listed).hasSizeGreaterThan(30);
        // one name of each address, but for what is no function of its own and what belongs to the loader
        List<Set<String>> missing = nm.values().stream()
                .filter(aliases -> aliases.stream().noneMatch(listed::contains))
                .filter(aliases -> aliases.stream()
                        .noneMatch(name -> name.contains(".cold")
                                || name.matches("_init|_fini|_start|_\\.stapsdt\\.base|data_start")))
                .toList();
        assertThat(missing).isEmpty();
        assertThat(nm.values().stream().flatMap(Collection::stream)).containsAll(listed);
    }

    @Test
    void a_name_is_what_an_annotation_takes() throws Exception {
        Functions adds = Functions.of(names, CXX, "shop::Cart::add*");

        assertThat(adds.list())
                .extracting(Functions.Function::name)
                .contains("shop::Cart::add(int)")
                .allSatisfy(name -> {
                    Functions one = Functions.of(names, CXX, name);
                    assertThat(one.list()).hasSize(1);
                    assertThat(one.list().get(0).symbols())
                            .isEqualTo(adds.find(name).orElseThrow().symbols());
                });
        assertThat(adds.annotations())
                .contains("@ExpectFunction(value = \"shop::Cart::add(int)\", binary = \"/opt/names/cxx\")");
    }

    @Test
    void split_symbols_count() {
        assertThat(Functions.of(names, "/opt/names/by-id", "secret*").list()).isNotEmpty();
        assertThat(Functions.of(names, "/opt/names/by-link", "secret*").list()).isNotEmpty();
        assertThatThrownBy(() -> Functions.of(names, "/opt/names/wrong-link", "secret*"))
                .isInstanceOf(ProbeException.class);
    }

    @Test
    void what_cannot_be_probed_is_there_with_the_reason() {
        Functions.Function memcpy =
                Functions.of(truth, "libc.so.6", "memcpy").find("memcpy").orElseThrow();

        assertThat(memcpy.canBeProbed()).isFalse();
        assertThat(memcpy.toString()).contains("memcpy cannot be probed: it is chosen at run time (IFUNC)");
        assertThat(Functions.of(truth, "libc.so.6", "mem*").annotations())
                .noneMatch(text -> text.contains("\"memcpy\""))
                .anyMatch(text -> text.contains("\"memccpy\""));
    }

    @Test
    void a_name_that_is_not_there_has_the_nearest_ones() {
        assertThatThrownBy(() -> Functions.of(truth, TruthContainer.PIE, "alhpa"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContainingAll("No function of " + TruthContainer.PIE + " is named alhpa", "alpha");
        assertThatThrownBy(() -> Functions.of(truth, "/opt/truth/bin/trush", "*"))
                .hasMessageContaining("/opt/truth/bin/trush");
    }

    private Map<String, Set<String>> nm(GenericContainer<?> container, String path) throws Exception {
        Path copy = folder.resolve("binary");
        container.copyFileFromContainer(path, copy.toString());
        Process process = new ProcessBuilder("nm", copy.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        Map<String, Set<String>> byAddress = new LinkedHashMap<>();
        SYMBOL.matcher(output)
                .results()
                .forEach(line -> byAddress
                        .computeIfAbsent(line.group(1), address -> new HashSet<>())
                        .add(line.group(3)));
        assertThat(byAddress).isNotEmpty();
        return byAddress;
    }
}
