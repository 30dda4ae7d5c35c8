package io.probeunit.conformance.soak;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Programs of the image {@code cases} that say what they do, call by call. */
enum Program {
    C(
            List.of("c-gcc", "c-lld", "c-mold"),
            List.of(
                    new Verb("plain", Kind.ORDINARY, -9, 9),
                    new Verb("narrow", Kind.ORDINARY, -9, 9),
                    new Verb("hit", Kind.ORDINARY, -9, 9),
                    new Verb("chosen", Kind.ORDINARY, -9, 9),
                    new Verb("library", Kind.ORDINARY, -9, 9),
                    new Verb("plugin", Kind.ORDINARY, -9, 9),
                    new Verb("hot", Kind.ORDINARY, -9, 9),
                    new Verb("nested", Kind.RECURSION, 0, 6),
                    new Verb("nested", Kind.DEEP, 60, 80),
                    new Verb("last", Kind.LOOP, 1, 5),
                    new Verb("ordered", Kind.CLONE, -9, 9),
                    new Verb("guarded", Kind.GUARDED, -9, 9),
                    new Verb("remap", Kind.REMAP, 0, 0))),
    CXX(
            List.of("cxx"),
            List.of(
                    new Verb("int", Kind.ORDINARY, -9, 9),
                    new Verb("long", Kind.ORDINARY, -9, 9),
                    new Verb("double", Kind.ORDINARY, -9, 9),
                    new Verb("add", Kind.ORDINARY, -9, 9),
                    new Verb("price", Kind.ORDINARY, 0, 9))),
    GO(List.of("go"), List.of(new Verb("work", Kind.STACK, 0, 9), new Verb("reserve", Kind.GO, 0, 9)));

    private static final List<String> CARRIERS = List.of("fork", "exec", "vfork", "thread");

    final List<String> builds;
    final List<Verb> verbs;

    Program(List<String> builds, List<Verb> verbs) {
        this.builds = builds;
        this.verbs = verbs;
    }

    /** One that can be asked for what is hard in this way; for everyday things, mostly the one that can do most. */
    static Program draw(Set<Kind> kinds, Random random) {
        List<Program> able = Stream.of(values())
                .filter(program -> Stream.concat(
                                program.verbs.stream().map(Verb::kind),
                                Point.of(program).map(point -> point.kind))
                        .anyMatch(kind -> kind != Kind.ORDINARY && kinds.contains(kind)))
                .toList();
        List<Program> everyday = List.of(C, C, CXX);
        List<Program> all = able.isEmpty() || random.nextInt(4) == 0 ? everyday : able;
        return all.get(random.nextInt(all.size()));
    }

    /** Something that it can do, with the smallest and the largest value that makes sense. */
    record Verb(String name, Kind kind, int least, int most) {

        String word(Program program, Random random) {
            StringBuilder word = new StringBuilder();
            while (program != GO && random.nextInt(3) == 0) {
                word.append(CARRIERS.get(random.nextInt(CARRIERS.size()))).append('/');
            }
            return word.append(name)
                    .append(':')
                    .append(random.nextInt(least, most + 1))
                    .toString();
        }
    }
}
