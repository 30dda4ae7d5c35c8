package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.targets.Cgroup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the script for SystemTap's BPF runtime.
 *
 * <p>Each firing of a task of the target is added, atomically and once, to one of two counters of its point: printed, or
 * not printed. So at any moment their sum is the exact count, and the number of lines that belong to it is known too.
 *
 * <p>A line is printed only on credit. The kernel's buffer holds 32 KiB a CPU, and an overflow does not merely drop lines:
 * it tears messages apart, which ends SystemTap's process. So no more lines are ever under way than surely fit; the reader
 * gives new credit for the lines that it has received. All points share this credit, but for a few lines of each point that the
 * window wants: these are sure, so that a point that fires without a pause leaves some to the others.
 */
final class BpfScript {

    /** The first record: all uprobes are registered. */
    static final String BEGIN = "BEGIN";

    /** The first record where SystemTap did not lay out the variables as {@link MapLayout} has it. */
    static final String MIXED = "MIXED";

    /** Names of the FIFOs through which the session speaks with its script. */
    static final String COUNTS = "counts";

    static final String CREDIT = "credit";

    /** Bytes of a CPU's buffer that lines may take up, with a reserve for the kernel's own records. */
    private static final int BUFFER = 24_000;

    private static final int BYTES_A_LINE = 88;
    private static final int BYTES_A_NUMBER = 32;
    private static final int BYTES_A_STRING = 280;
    static final int MOST_CREDIT = 40;
    private static final int LEAST_CREDIT = 4;

    /** Lines that are sure are few: only as long as another point uses up its quota is the common credit gone. */
    private static final int MOST_SURE = 10;

    /** In how many steps a credit that is used up is given again; what is missing from a step is missing at a barrier. */
    private static final int STEPS = 10;

    /** Counters in one line of an answer: with more, SystemTap takes much longer to compile it. */
    private static final int COUNTERS_A_LINE = 4;

    private static final int OWN_NUMBERS = 5;

    /** Holds the text of {@link Nonce#unreadable()} with its end. */
    private static final int UNREADABLE_WORDS = 4;

    private final SessionRequest request;
    private final List<PointReading> readings;
    private final MapLayout layout;
    private final Nonce nonce;
    private final PlaceNames names;
    private final StringBuilder text = new StringBuilder();

    private BpfScript(SessionRequest request, MapLayout layout, Nonce nonce, PlaceNames names) {
        this.request = request;
        this.readings = request.points().stream().map(PointReading::of).toList();
        this.layout = layout;
        this.nonce = nonce;
        this.names = names;
    }

    /**
     * Writes the script.
     *
     * @param layout where its numbers are
     * @param names how places are named
     */
    static String write(SessionRequest request, MapLayout layout, Nonce nonce, PlaceNames names) {
        BpfScript script = new BpfScript(request, layout, nonce, names);
        script.functions();
        script.ownGroup();
        script.memory();
        script.variables();
        script.begin();
        for (int i = 0; i < request.points().size(); i++) {
            script.probe(i);
        }
        script.control();
        return script.text.toString();
    }

    /** Lines of any points that may be under way at once: three quarters of what there is room for, if that is little. */
    static int credit(List<ProbePoint> points) {
        return Math.max(LEAST_CREDIT, Math.min(MOST_CREDIT, room(points) * 3 / 4));
    }

    /**
     * Lines of each point that may be under way beside those.
     *
     * @param wanted how many points a window wants
     */
    static int sure(List<ProbePoint> points, int wanted) {
        return Math.max(0, Math.min(MOST_SURE, (room(points) - credit(points)) / Math.max(1, wanted)));
    }

    private static int room(List<ProbePoint> points) {
        return BUFFER / points.stream().mapToInt(BpfScript::bytes).max().orElse(BYTES_A_LINE);
    }

    /** Lines received for which the reader gives new credit. */
    static int creditStep(List<ProbePoint> points) {
        return Math.max(1, credit(points) / STEPS);
    }

    private static int bytes(ProbePoint point) {
        int strings = (int) point.slots().stream().filter(s -> s.text()).count();
        return BYTES_A_LINE
                + BYTES_A_NUMBER * (OWN_NUMBERS + point.slots().size() - strings)
                + BYTES_A_STRING * strings;
    }

    /**
     * Functions in BPF assembly, for what the language lacks, and for what it has in its library: see {@link Tapset}. Numbers of
     * helpers are those of {@code linux/bpf.h}: 5 ktime_get_ns, 8 smp_processor_id, 14
     * current_pid_tgid, 16 current_comm, 80 current_cgroup_id, 123 current_ancestor_cgroup_id. Opcode 0xdb is the atomic
     * addition of 64 bits, which the handlers of FIFOs do not have: SystemTap interprets those in its own process. Map 2 holds the
     * script's numbers.
     *
     * <p>The stack of a handler has 512 bytes, which two strings fill nearly: SystemTap copies each function into it, and
     * what branches, or lives across a call, costs more than it seems to.
     */
    private void functions() {
        text.append("""
                function pu_target:long() %%{ /* bpf */ /* pure */
                %s%%}
                function pu_cpu:long() %%{ /* bpf */ /* pure */
                  0x85, 0, 0, 0, 8;
                  0xbf, $$, 0, 0, 0;
                %%}
                function pu_nanos:long() %%{ /* bpf */
                  0x85, 0, 0, 0, 5;
                  0xbf, $$, 0, 0, 0;
                %%}
                function pu_task:long() %%{ /* bpf */ /* pure */
                  0x85, 0, 0, 0, 14;
                  0xbf, $$, 0, 0, 0;
                %%}
                function pu_command_begin:long() %%{ /* bpf */
                  alloc, $name, 16, align;
                  0xbf, 1, $name, 0, 0;
                  0xb7, 2, -, -, 16;
                  0x85, 0, 0, 0, 16;
                  0x79, $$, $name, 0, -;
                %%}
                function pu_command_end:long() %%{ /* bpf */
                  alloc, $name, 16, align;
                  0xbf, 1, $name, 0, 0;
                  0xb7, 2, -, -, 16;
                  0x85, 0, 0, 0, 16;
                  0x79, $$, $name, 8, -;
                %%}
                function pu_string:string(address:long) %%{ /* bpf */
                  alloc, $text, 64, align;
                  0x62, $text, -, -, 0x0;
                  call, $length, probe_read_user_str, $text, 64, $address;
                  0xc5, $length, -, _fault, 0;
                  0x05, -, -, _done, -;
                  label, _fault;
                %s  label, _done;
                  0xbf, $$, $text, -, -;
                %%}
                function pu_add:long(key:long, amount:long) %%{ /* bpf */
                  alloc, $k, 8, align;
                  0x7b, $k, $key, 0, 0;
                  0x118, $map, -, -, 2;
                  call, $place, map_lookup_elem, $map, $k;
                  0xb7, $$, -, -, 0;
                  0x15, $place, -, _out, 0;
                  0xdb, $place, $amount, 0, 0;
                  0x79, $$, $place, 0, -;
                  label, _out;
                %%}
                function pu_get:long(key:long) %%{ /* bpf */
                  alloc, $k, 8, align;
                  0x7b, $k, $key, 0, 0;
                  0x118, $map, -, -, 2;
                  call, $place, map_lookup_elem, $map, $k;
                  0xb7, $$, -, -, 0;
                  0x15, $place, -, _out, 0;
                  0x79, $$, $place, 0, -;
                  label, _out;
                %%}
                function pu_letters:long(text:string, at:long) %%{ /* bpf */
                  0xbf, $place, $text, -, -;
                  0x0f, $place, $at, -, -;
                  0x79, $$, $place, 0, -;
                %%}
                function pu_set:long(key:long, value:long) %%{ /* bpf */
                  alloc, $k, 8, align;
                  0x7b, $k, $key, 0, 0;
                  alloc, $v, 8, align;
                  0x7b, $v, $value, 0, 0;
                  0x118, $map, -, -, 2;
                  call, $$, map_update_elem, $map, $k, $v, 0;
                %%}
                """.formatted(ancestor(request.target().cgroup()), unreadable()));
    }

    /**
     * The id of the group above the task that is the target's, or that of some other one. Behind the last call there is no
     * jump: one that leads to the next instruction comes out of SystemTap in a form that the kernel refuses.
     */
    private static String ancestor(Cgroup target) {
        return target.levels()
                .all()
                .mapToObj(BpfScript::ancestor)
                .collect(Collectors.joining(
                        "  0x15, $$, -, _seen, %d;\n".formatted(target.id()),
                        "",
                        target.levels().isKnown() ? "" : "  label, _seen;\n"));
    }

    private static String ancestor(int level) {
        return "  0xb7, 1, -, -, %d;\n  0x85, 0, 0, 0, 123;\n  0xbf, $$, 0, 0, 0;\n".formatted(level);
    }

    /** The group that the task itself is in, where that matters. */
    private void ownGroup() {
        if (request.target().tools().isPresent()) {
            text.append("""
                    function pu_group:long() %{ /* bpf */ /* pure */
                      0x85, 0, 0, 0, 80;
                      0xbf, $$, 0, 0, 0;
                    %}
                    """);
        }
    }

    /** Numbers of memory, in each width that is read. */
    private void memory() {
        long unreadable = nonce.unreadableNumber();
        readings.stream()
                .flatMap(reading -> reading.sites().stream())
                .flatMap(site -> site.values().stream())
                .filter(Reading.Memory.class::isInstance)
                .map(read -> ((Reading.Memory) read).size())
                .distinct()
                .sorted()
                .forEach(size ->
                        text.append("""
                        function pu_read%d:long(address:long) %%{ /* bpf */
                          alloc, $number, 8, align;
                          0x7a, $number, -, 0, 0;
                          call, $outcome, probe_read_user, $number, %1$d, $address;
                          0x79, $$, $number, 0, -;
                          0x15, $outcome, -, _out, 0;
                          0xb7, $$, -, -, %d;
                          0x67, $$, -, -, 32;
                          0x07, $$, -, -, %d;
                          label, _out;
                        %%}
                        """.formatted(size, unreadable >>> Integer.SIZE, unreadable & Integer.MAX_VALUE)));
    }

    private void variables() {
        IntStream.range(0, layout.size()).forEach(key -> line("global c%d".formatted(key)));
    }

    /** Puts the text for what could not be read into a string, in place: a literal would take room on the stack. */
    private String unreadable() {
        ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(
                        nonce.unreadable().getBytes(StandardCharsets.US_ASCII), UNREADABLE_WORDS * Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, UNREADABLE_WORDS)
                .mapToObj(i -> "  0x62, $text, -, %d, %d;\n".formatted(i * Integer.BYTES, words.getInt()))
                .collect(Collectors.joining());
    }

    /**
     * Gives the variables their places, by using them in order; makes sure that each has the place that an addition takes
     * it to have, and that none was left out; then sets them all.
     *
     * <p>This runs in SystemTap's process, while firings may already be counted in the kernel: they change the lower half
     * of a number, and the upper halves fall with the places, so that no quota and no credit seems to be left.
     */
    private void begin() {
        int size = layout.size();
        text.append("probe begin {\n");
        line("  for (k = 0; k < %d; k++) {".formatted(size));
        line("    pu_set(k, (%d - k) << 32)".formatted(size));
        line("  }");
        line("  right = 0");
        for (int key = 0; key < size; key++) {
            line("  right += (c%d >> 32) == %d".formatted(key, size - key));
            line("  c%d = 0".formatted(key));
        }
        line("  c%d = %d".formatted(layout.credit(), credit(request.points())));
        line("  if (right == %d) {".formatted(layout.size()));
        print("    ", BEGIN, List.of());
        line("  } else {");
        print("    ", MIXED, List.of());
        line("  }");
        line("}");
    }

    private void probe(int index) {
        PointReading reading = readings.get(index);
        for (int site = 0; site < reading.sites().size(); site++) {
            int number = site;
            JudgingCode judge = new JudgingCode(reading, site, layout, index);
            if (!judge.isEmpty()) {
                text.append(judge.function());
            }
            names.probePoints(reading.point(), reading.sites().get(site).offsets())
                    .forEach(p -> handler(p, index, number, judge));
        }
    }

    /**
     * A task stays on its CPU while it is in a handler; a variable for it would take room on the stack. Each CPU has a buffer of
     * its own, and one handler at a time that looks at the credit: so what lies in a buffer is within it, whatever others take
     * meanwhile.
     */
    private void handler(String probePoint, int index, int site, JudgingCode judge) {
        line("probe %s {".formatted(probePoint));
        line("  if (pu_target() == %d%s) {".formatted(request.target().cgroup().id(), noTool()));
        line("    printed = 0");
        line("    if (c%d < c%d) {".formatted(MapLayout.printed(index), layout.quota(index)));
        String guard = "pu_cpu() + %d".formatted(layout.guard());
        line("      if (pu_add(%s, 1) == 1) {".formatted(guard));
        line("        if (c%d < c%d || c%d < c%d + c%d) {"
                .formatted(
                        layout.tickets(),
                        layout.credit(),
                        MapLayout.printed(index),
                        layout.received(index),
                        layout.sure()));
        line("          pu_add(%d, 1)".formatted(layout.tickets()));
        line("          printed = pu_add(%d, 1)".formatted(MapLayout.printed(index)));
        details(index, site);
        line("        }");
        line("      }");
        line("      pu_add(%s, 0 - 1)".formatted(guard));
        line("    }");
        line("    if (printed == 0) {");
        line("      pu_add(%d, 1)".formatted(MapLayout.unprinted(index)));
        if (!judge.isEmpty()) {
            line("      " + judge.call());
        }
        line("    }");
        line("  }");
        line("}");
    }

    /** What our tools do, where they run in the container, is not what it does. */
    private String noTool() {
        OptionalLong tools = request.target().tools();
        return tools.isPresent() ? " && pu_group() != " + tools.getAsLong() : "";
    }

    private void details(int index, int site) {
        ProbePoint point = readings.get(index).point();
        values(point, readings.get(index).sites().get(site).values());
        List<String> arguments =
                new ArrayList<>(List.of("pu_nanos()", "pu_task()", "pu_command_begin()", "pu_command_end()"));
        StringBuilder format = new StringBuilder("E%d %%ld %%ld %%ld %%ld %d".formatted(index, site));
        for (int s : numbersThenStrings(point)) {
            boolean string = point.slots().get(s).text();
            format.append(string ? nonce.separator() + "%s" : " %ld");
            arguments.add(string ? "pu_string(v%d)".formatted(s) : "v" + s);
        }
        print("          ", format.toString(), arguments);
    }

    /** The order of a line: a number that followed a string could not be told from its last word. */
    static List<Integer> numbersThenStrings(ProbePoint point) {
        return IntStream.range(0, point.slots().size())
                .boxed()
                .sorted(Comparator.comparing(s -> point.slots().get(s).text()))
                .toList();
    }

    private void values(ProbePoint point, List<Reading> values) {
        for (int s = 0; s < values.size(); s++) {
            Reading read = values.get(s);
            line("          v%d = %s".formatted(s, point.slots().get(s).text() ? read.address() : read.expression()));
        }
    }

    private void control() {
        line("probe procfs(\"%s\").write {".formatted(CREDIT));
        letters("  ", "point", "0", Message.POINT_LETTERS);
        letters("  ", "n", String.valueOf(Message.POINT_LETTERS), Message.LINES_LETTERS);
        line("  c%d = c%1$d + n".formatted(layout.credit()));
        line("  key = %s".formatted(key("point", layout.received(0))));
        line("  n += pu_get(key)");
        line("  pu_set(key, n)");
        print("  ", "K", List.of());
        line("}");
        line("probe procfs(\"%s\").write {".formatted(COUNTS));
        letters("  ", "sure", String.valueOf(Message.SURE), 1);
        line("  if ((v >> %d) & 1) {".formatted(Message.OPENS));
        line("    c%d = sure".formatted(layout.sure()));
        letters("    ", "part", String.valueOf(Message.PART), 1);
        line("    for (i = 0; i < %d && part * %1$d + i < %d; i++) {".formatted(Message.POINTS, layout.points()));
        line("      point = part * %d + i".formatted(Message.POINTS));
        letters("      ", "wanted", "%d + i / %d".formatted(Message.WANTED, Message.BITS), 1);
        line("      n = 0");
        line("      if ((wanted >> (i %% %d)) & 1) {".formatted(Message.BITS));
        line("        n = pu_get(%s) + %d".formatted(key("point", MapLayout.printed(0)), request.detailQuota()));
        line("      }");
        line("      pu_set(%s, n)".formatted(key("point", layout.quota(0))));
        line("    }");
        line("  }");
        counters();
        line("}");
    }

    private static String key(String point, int ofPointZero) {
        return "%s * %d + %d".formatted(point, MapLayout.printed(1) - MapLayout.printed(0), ofPointZero);
    }

    /** Makes a number of letters of a message. */
    private void letters(String indent, String variable, String at, int count) {
        line("%sv = pu_letters($value, %s)".formatted(indent, at));
        int mask = (1 << Message.BITS) - 1;
        String bits = IntStream.range(0, count)
                .mapToObj(i -> "(((v >> %d) & %d) << %d)".formatted(Byte.SIZE * i, mask, Message.BITS * i))
                .collect(Collectors.joining(" | "));
        line("%s%s = %s".formatted(indent, variable, bits));
    }

    private void counters() {
        line("  for (k = 0; k < %d; k += %d) {".formatted(layout.answered(), COUNTERS_A_LINE));
        List<String> arguments = Stream.concat(
                        Stream.of("k"), IntStream.range(0, COUNTERS_A_LINE).mapToObj("pu_get(k + %d)"::formatted))
                .toList();
        print("    ", "C%ld" + " %ld".repeat(COUNTERS_A_LINE), arguments);
        line("  }");
        print("  ", "B %ld %s", List.of("pu_nanos()", "$value"));
    }

    private void print(String indent, String format, List<String> arguments) {
        String rest = arguments.isEmpty() ? "" : ", " + String.join(", ", arguments);
        line("%sprintf(\"%s%s%s\\n\"%s)".formatted(indent, nonce.start(), format, nonce.end(), rest));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
