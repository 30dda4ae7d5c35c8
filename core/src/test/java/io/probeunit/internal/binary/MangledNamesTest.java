package io.probeunit.internal.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.names.CxxFunction;
import io.probeunit.internal.names.CxxParser;
import io.probeunit.internal.names.SourceName;
import io.probeunit.internal.plan.NamePattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as compilers mangle them, and as their sources have them. */
class MangledNamesTest {

    /** Symbols of libstdc++, clang and the conformance suite's program, with what GNU c++filt prints. */
    @Nested
    class OfRealLibraries {

        private record Row(String symbol, String name) {}

        private static List<Row> rows() throws IOException {
            try (InputStream text = MangledNamesTest.class.getResourceAsStream("mangled.tsv")) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.split("\t"))
                        .map(fields -> new Row(fields[0], fields[1]))
                        .toList();
            }
        }

        @Test
        void are_those_of_the_reference() throws IOException {
            List<String> different = new ArrayList<>();
            for (Row row : rows()) {
                String read =
                        CxxParser.read(row.symbol()).map(CxxFunction::full).orElse(row.symbol());
                // whether '>>' is parted differs from version to version
                if (!read.replace("> >", ">>").equals(row.name().replace("> >", ">>"))) {
                    different.add("%s%n  %s%n  %s".formatted(row.symbol(), read, row.name()));
                }
            }

            assertThat(rows()).hasSizeGreaterThan(600);
            assertThat(different).isEmpty();
        }

        @Test
        void are_read_more_quickly_without_their_types() throws IOException {
            for (Row row : rows()) {
                assertThat(CxxParser.readName(row.symbol()))
                        .isEqualTo(CxxParser.read(row.symbol()).map(CxxFunction::bare));
            }
        }

        /** Nothing but an answer may come of a symbol that is cut short, or changed in one place. */
        @Test
        void may_be_damaged() throws IOException {
            for (Row row : rows()) {
                String symbol = row.symbol();
                for (int i = 2; i < symbol.length(); i += 3) {
                    assertThat(CxxParser.read(symbol.substring(0, i))).isNotNull();
                    assertThat(CxxParser.read(symbol.substring(0, i) + "S" + symbol.substring(i + 1)))
                            .isNotNull();
                    assertThat(CxxParser.read(symbol.substring(0, i) + "99" + symbol.substring(i + 1)))
                            .isNotNull();
                }
            }
        }

        @Test
        void may_be_made_to_explode() {
            String doubling = "_Z1fI" + "St4pairI".repeat(40) + "ii" + "S0_E".repeat(40) + "EvT_";

            assertThat(CxxParser.read(doubling)).isNotNull();
            assertThat(CxxParser.read("_Z1f" + "P".repeat(100_000) + "i")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ZN4shop4Cart3addEi | shop::Cart::add",
                "_ZN4shop4Cart3addEi | shop::Cart::add(int)",
                "_ZN4shop4Cart3addEi | shop::Cart::add( int )",
                "_ZN4shop3putEPKcj | shop::put(const char *, unsigned int)",
                "_ZN4shop3putEPKcj | shop::put(char const*,unsigned int)",
                "_ZN4shop3putERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE | shop::put(const std::string&)",
                "_ZNK4shop4Cart4sizeEv | shop::Cart::size",
                "_ZNK4shop4Cart4sizeEv | shop::Cart::size() const",
                "_ZNK1acvbEv | a::operator bool",
                "_ZNK1acvjEv | a::operator unsigned int() const",
                "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE6appendEPKc | std::string::append",
                "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE6appendEPKc | std::__cxx11::basic_string::append",
                "_ZN4shop5BoxedIiE3addEi | shop::Boxed::add",
                "_ZN4shop5BoxedIiE3addEi | shop::Boxed<int>::add",
                "_ZN4shop4CartC2Ev | shop::Cart::Cart",
                "_ZN4shop4CartD1Ev | shop::Cart::~Cart",
                "_ZN12_GLOBAL__N_16hiddenEv | (anonymous namespace)::hidden",
                "_Z7reservei | reserve",
                "_Z4loadB5cxx11v | load",
                "_ZN4shopplERKNS_4CartES2_ | shop::operator+",
                "_ZN4shop5twiceIlEET_S1_ | shop::twice",
                "_ZN4shop5twiceIlEET_S1_ | shop::twice<long>",
                "_ZN4shop5twiceIlEET_S1_ | shop::twice<long>(long)",
                "_ZN4shop5twiceIlEET_S1_ | long shop::twice<long>(long)",
                "_ZN4shop7reserve17h0123456789abcdefE | shop::reserve",
                "_ZN42_$LT$shop..Cart$u20$as$u20$shop..Sells$GT$3add17h0123456789abcdefE | <shop::Cart as shop::Sells>::add",
                "_RNvNtCsddXRGQ8mmyB_4main4shop7reserve | main::shop::reserve",
                "_RNvMNtCs1234_4main4shopNtB2_4Cart3add | <main::shop::Cart>::add",
                "_RINvNtCs1234_4main4shop5twicemEB4_ | main::shop::twice",
                "_RNCNvCs1234_4main3run0B3_ | main::run::{closure}",
            })
    void are_called_by_the_name_of_the_source(String symbol, String name) {
        FunctionSymbol function = new FunctionSymbol(symbol, 16, 16, 1);

        assertThat(SourceNameQuery.named(name).matches(function, function::sourceName))
                .as("%s is read as %s", symbol, SourceName.of(symbol))
                .isTrue();
    }

    /** Some need more than the bare name, and some begin otherwise than that. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ZN4shop4Cart3addEi | shop::*",
                "_ZN4shop4Cart3addEi | shop::*(int)",
                "_ZN4shop5BoxedIiE3addEi | shop::Boxed<*>::add",
                "_ZN4shop5BoxedIiE3addEi | *<int>*",
                "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE6appendEPKc | std::string::app*",
                "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE6appendEPKc | std::str*",
                "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE6appendEPKc | std::*",
                "_ZN12_GLOBAL__N_16hiddenEv | (anonymous*::hid*",
                "_ZNK1acvbEv | a::operator b*",
                "_ZN4shop7reserve17h0123456789abcdefE | *::res*",
            })
    void are_matched_by_globs_over_the_name_of_the_source(String symbol, String glob) {
        FunctionSymbol function = new FunctionSymbol(symbol, 16, 16, 1);

        assertThat(SourceNameQuery.matching(new NamePattern(glob)).matches(function, function::sourceName))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_ZN4shop4Cart3addEi | shop::Cart::ad",
                "_ZN4shop4Cart3addEi | Cart::add",
                "_ZN4shop4Cart3addEi | shop::Cart::add(long)",
                "_ZN4shop4Cart3addEi.cold | shop::Cart::add",
                "_ZThn8_N4shop4Cart3addEi | shop::Cart::add",
                "_ZTW4cart | cart",
                "_Z4loadv.avx2 | load",
                "_ZN4shop4loadEv.avx2 | shop::load",
                "_ZN4shop5twiceIlEET_S1_ | shop::twice<int>",
            })
    void are_not_called_by_others(String symbol, String name) {
        FunctionSymbol function = new FunctionSymbol(symbol, 16, 16, 1);

        assertThat(SourceNameQuery.named(name).matches(function, function::sourceName))
                .isFalse();
    }

    @Test
    void that_are_not_understood_are_left_as_they_are() {
        for (String symbol : List.of("main", "_Z", "_Zzz", "_R", "_ZTV4Cart", "_ZN4shop", "__Z3foov", "_RNvz")) {
            FunctionSymbol function = new FunctionSymbol(symbol, 16, 16, 1);

            assertThat(SourceName.of(symbol)).as(symbol).isEqualTo(Optional.empty());
            assertThat(function.sourceName()).isEqualTo(symbol);
            assertThat(function.signature()).isEqualTo(symbol);
        }
    }
}
