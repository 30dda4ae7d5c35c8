package io.probeunit.conformance.soak;

import static io.probeunit.conformance.soak.Program.C;
import static io.probeunit.conformance.soak.Program.CXX;
import static io.probeunit.conformance.soak.Program.GO;

import java.util.List;
import java.util.stream.Stream;

/** What an expectation can be about, and which lines of the program tell the truth of it. */
enum Point {
    PLAIN(Kind.ORDINARY, C, "plain", "arg1:s64", "plain"),
    PLAIN_RETURN(Kind.ORDINARY, C, "plain", "return:s64", "plain="),
    NARROW(Kind.ORDINARY, C, "narrow", "arg1:s32", "narrow"),
    NARROW_RETURN(Kind.ORDINARY, C, "narrow", "return:s32", "narrow="),
    NESTED(Kind.RECURSION, C, "nested", "arg1:s64", "nested"),
    NESTED_RETURN(Kind.RECURSION, C, "nested", "return:s64", "nested="),
    LAST(Kind.LOOP, C, "last", "", "last"),
    LAST_RETURN(Kind.LOOP, C, "last", "", "last="),
    ORDERED(Kind.CLONE, C, "ordered", "arg2:s64", "ordered"),
    ORDERED_RETURN(Kind.CLONE, C, "ordered", "return:s64", "ordered="),
    HIT(Kind.ORDINARY, C, "soak:hit", "arg1", "hit"),
    GUARDED(Kind.GUARDED, C, "soak:guarded", "arg1", "guarded"),
    HOT(Kind.REMAP, C, "hot", "arg1:s64", "hot"),
    CHOSEN(Kind.ORDINARY, C, "chosen_by_default", "arg1:s64", "chosen_by_default"),
    LIBRARY(Kind.ORDINARY, C, "lib_work", "arg1:s64", "lib_work") {
        @Override
        String binary(String program) {
            return "/opt/t/soak/libsoak.so.1";
        }
    },
    PLUGIN(Kind.ORDINARY, C, "lib_work", "arg1:s64", "plugin") {
        @Override
        String binary(String program) {
            return "/opt/t/soak/plugins/libsoak.so.1";
        }
    },
    LIBRARY_BY_NAME(Kind.TWINS, C, "lib_work", "arg1:s64", "lib_work", "plugin") {
        @Override
        String binary(String program) {
            return "libsoak.so.1";
        }
    },
    COST_OF_INT(Kind.MEMBER, CXX, "shop::cost(int)", "arg1:s32", "cost(int)"),
    COST_OF_LONG(Kind.MEMBER, CXX, "shop::cost(long)", "arg1:s64", "cost(long)"),
    COST(Kind.ORDINARY, CXX, "shop::cost", "", "cost(int)", "cost(long)", "cost(double)"),
    ADD(Kind.ORDINARY, CXX, "shop::cart::add", "", "add"),
    PRICE(Kind.MEMBER, CXX, "shop::price", "arg1:s64", "price"),
    PRICE_RETURN(Kind.EXCEPTION, CXX, "shop::price", "return:s64", "price="),
    WORK(Kind.STACK, GO, "main.work", "", "work"),
    RESERVE(Kind.GO, GO, "main.reserve", "arg1:s64", "reserve");

    final Kind kind;
    final Program program;
    final String value;
    final String capture;
    final List<String> lines;

    Point(Kind kind, Program program, String value, String capture, String... lines) {
        this.kind = kind;
        this.program = program;
        this.value = value;
        this.capture = capture;
        this.lines = List.of(lines);
    }

    /** What can be asked of a program. */
    static Stream<Point> of(Program program) {
        return Stream.of(values()).filter(point -> point.program == program);
    }

    /** Where it is, in a container in which the program lies at a path. */
    String binary(String path) {
        return path;
    }

    boolean isReturn() {
        return lines.get(0).endsWith("=");
    }

    boolean isMark() {
        return program == C && value.contains(":");
    }

    /** An annotation, without its bounds and its end. */
    String annotation(String path) {
        return "@%s(value = \"%s\", binary = \"%s\"%s"
                .formatted(
                        isMark() ? "ExpectMark" : "ExpectFunction",
                        value,
                        binary(path),
                        isReturn() ? ", onReturn = true" : "");
    }
}
