package io.probeunit.internal.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.unwind.Unwinder.Code;
import io.probeunit.internal.unwind.Unwinder.Step;
import io.probeunit.internal.unwind.Unwinder.Walk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With tables and stacks written byte by byte; conformance compares real programs with gdb. */
class UnwinderTest {

    private static final long STACK = 0x7ffc_0000_1000L;
    private static final int SP = 7;
    private static final int IP = 16;
    private static final int RBX = 3;
    private static final int RBP = 6;

    private static final int LEAF = TinyElf.CODE;
    private static final int CALLER = TinyElf.CODE + 0x100;
    private static final int FIRST = TinyElf.CODE + 0x200;

    private final ByteBuffer stack = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    private final long[] registers = new long[17];

    /** CFA = rsp + 8, return address at CFA - 8. */
    private static TinyElf ordinary(boolean searchable) {
        return new TinyElf(searchable).common("zR", IP, 0x0c, SP, 8, 0x80 | IP, 1);
    }

    private Walk walk(TinyElf file) {
        ElfImage image = file.image();
        return new Unwinder(Abi.X86_64, address -> code(image, address))
                .walk(Registers.of(registers), new StackMemory(STACK, stack.array()));
    }

    private static Code code(ElfImage image, long address) {
        return address >= TinyElf.CODE && address < TinyElf.CODE + 0x1000
                ? new Code.OfFile("/opt/t", address, image)
                : new Code.Unknown("nothing at %x".formatted(address));
    }

    private static Iterable<Long> offsets(Walk walk) {
        return walk.steps().stream().map(Step::code).map(Code.OfFile::offset).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void calls_are_followed_to_the_first_function(boolean searchable) {
        TinyElf file = ordinary(searchable)
                .function(LEAF, 0x100)
                // pushes 16 bytes at its 4th byte
                .function(CALLER, 0x100, 0x44, 0x0e, 24)
                .function(FIRST, 0x100, 0x07, IP);
        registers[IP] = LEAF;
        registers[SP] = STACK;
        stack.putLong(0, CALLER + 0x20).putLong(24, FIRST + 0x10);

        Walk walk = walk(file);

        assertThat(offsets(walk)).containsExactly((long) LEAF, CALLER + 0x20L, FIRST + 0x10L);
        assertThat(walk.cut()).isEmpty();
    }

    /** The instruction after a call may be another row's, or another function's. */
    @Test
    void a_caller_is_known_by_the_call_and_not_by_what_follows() {
        TinyElf file = ordinary(true)
                .function(LEAF, 0x100)
                .function(CALLER, 0x20, 0x44, 0x0e, 24, 0x40 | 0x1c, 0x0e, 8)
                .function(CALLER + 0x20, 0x20, 0x07, IP)
                .function(FIRST, 0x100, 0x07, IP);
        registers[IP] = LEAF;
        registers[SP] = STACK;
        stack.putLong(0, CALLER + 0x20).putLong(24, FIRST + 0x10);

        assertThat(offsets(walk(file))).containsExactly((long) LEAF, CALLER + 0x20L, FIRST + 0x10L);
    }

    @Test
    void a_frame_may_be_found_by_a_register_that_its_callee_has_kept() {
        TinyElf file = ordinary(true)
                // has pushed rbp
                .function(LEAF, 0x100, 0x0e, 16, 0x80 | RBP, 2)
                // CFA = rbp + 16
                .function(CALLER, 0x100, 0x0c, RBP, 16)
                .function(FIRST, 0x100, 0x07, IP);
        registers[IP] = LEAF + 4;
        registers[SP] = STACK;
        stack.putLong(0, STACK + 64).putLong(8, CALLER + 8).putLong(64 + 8, FIRST + 8);

        assertThat(offsets(walk(file))).containsExactly(LEAF + 4L, CALLER + 8L, FIRST + 8L);
    }

    @Test
    void a_register_that_a_call_may_change_is_not_guessed() {
        TinyElf file = ordinary(true)
                .function(LEAF, 0x100)
                // CFA = rax + 8
                .function(CALLER, 0x100, 0x0c, 0, 8);
        registers[IP] = LEAF;
        registers[SP] = STACK;
        stack.putLong(0, CALLER + 8);

        Walk walk = walk(file);

        assertThat(offsets(walk)).containsExactly((long) LEAF, CALLER + 8L);
        assertThat(walk.cut())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("the caller of 0x1108 in /opt/t is not known", "needs register 0, which is lost"));
    }

    /** As the linker has it for the entries of its table of procedures: 16 bytes each, with one push at the 11th. */
    @Test
    void a_frame_address_may_be_an_expression() {
        TinyElf file = new TinyElf(true)
                .common("zR", IP, 0x0c, SP, 8, 0x80 | IP, 1)
                .function(LEAF, 0x100, 0x0f, 11, 0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22)
                .function(CALLER, 0x100, 0x07, IP);
        registers[IP] = LEAF + 0x1b;
        registers[SP] = STACK;
        stack.putLong(8, CALLER + 8);
        assertThat(offsets(walk(file))).containsExactly(LEAF + 0x1bL, CALLER + 8L);

        registers[IP] = LEAF + 0x1a;
        stack.putLong(0, CALLER + 16);
        assertThat(offsets(walk(file))).containsExactly(LEAF + 0x1aL, CALLER + 16L);
    }

    @Test
    void remembered_rows_come_back() {
        TinyElf file = ordinary(true)
                .function(LEAF, 0x100, 0x0e, 32, 0x0a, 0x44, 0x0e, 8, 0x44, 0x0b)
                .function(CALLER, 0x100, 0x07, IP);
        registers[IP] = LEAF + 8;
        registers[SP] = STACK;
        stack.putLong(24, CALLER + 8);

        assertThat(offsets(walk(file))).containsExactly(LEAF + 8L, CALLER + 8L);
    }

    /** Its registers are anywhere, and what it interrupted has made no call: it may be at its first instruction. */
    @Test
    void a_signal_interrupts_an_instruction() {
        TinyElf file = ordinary(true)
                .function(LEAF, 0x100)
                .common("zRS", IP, 0x0c, SP, 0)
                // CFA, rip and rbx are in memory
                .function(CALLER, 0x100, 0x0f, 4, 0x77, 32, 0x06, 0x96, 0x10, IP, 2, 0x77, 40, 0x10, RBX, 2, 0x77, 48)
                .common("zR", IP, 0x0c, SP, 8, 0x80 | IP, 1)
                .function(FIRST, 0x100, 0x0c, RBX, 8)
                .function(FIRST + 0x100, 0x100, 0x07, IP);
        registers[IP] = LEAF;
        registers[SP] = STACK;
        int frame = 8;
        stack.putLong(0, CALLER + 1)
                .putLong(frame + 32, STACK + 256)
                .putLong(frame + 40, FIRST)
                .putLong(frame + 48, STACK + 300)
                .putLong(300, FIRST + 0x104);

        Walk walk = walk(file);

        assertThat(walk.cut()).isEmpty();
        assertThat(offsets(walk)).containsExactly((long) LEAF, CALLER + 1L, (long) FIRST, FIRST + 0x104L);
        assertThat(walk.steps().stream().map(Step::signal)).containsExactly(false, true, false, false);
        assertThat(walk.steps().get(2).inFunction()).isEqualTo(FIRST);
    }

    @Test
    void where_no_more_was_copied_is_said() {
        registers[IP] = LEAF;
        registers[SP] = STACK + 508;

        assertThat(walk(ordinary(true).function(LEAF, 0x100)).cut())
                .hasValueSatisfying(why -> assertThat(why).contains("deeper than the 512 bytes"));
    }

    @Test
    void code_without_an_entry_is_said() {
        registers[IP] = CALLER;
        registers[SP] = STACK;

        Walk walk = walk(ordinary(true).function(LEAF, 0x100));

        assertThat(offsets(walk)).containsExactly((long) CALLER);
        assertThat(walk.cut()).hasValueSatisfying(why -> assertThat(why).contains("no unwind information"));
    }

    @Test
    void code_of_no_file_is_said() {
        registers[IP] = LEAF;
        registers[SP] = STACK;
        stack.putLong(0, 0x77777777L);

        Walk walk = walk(ordinary(true).function(LEAF, 0x100));

        assertThat(offsets(walk)).containsExactly((long) LEAF);
        assertThat(walk.cut()).hasValue("nothing at 77777776");
    }

    /** A stack that is a ring has no end. */
    @Test
    void frames_without_end_are_cut() {
        TinyElf file = ordinary(true).function(LEAF, 0x100, 0x0c, SP, 0);
        registers[IP] = LEAF;
        registers[SP] = STACK + 8;
        stack.putLong(0, LEAF + 8);

        Walk walk = walk(file);

        assertThat(walk.steps()).hasSize(256);
        assertThat(walk.cut()).hasValue("only the first 256 frames are looked at");
    }

    /** On arm64 a leaf has its return address in a register, which each call changes. */
    @Test
    void a_return_address_in_a_register_is_that_of_a_leaf_alone() {
        ElfImage image = new TinyElf(true)
                .common("zR", 30, 0x0c, 31, 0)
                .function(LEAF, 0x100)
                .function(CALLER, 0x100)
                .image();
        long[] all = new long[33];
        all[30] = 0x1234L << 48 | CALLER + 8;
        all[31] = STACK;
        all[32] = LEAF;

        Walk walk = new Unwinder(Abi.AARCH64, address -> code(image, address))
                .walk(Registers.of(all), new StackMemory(STACK, stack.array()));

        assertThat(offsets(walk)).containsExactly((long) LEAF, CALLER + 8L);
        assertThat(walk.cut()).hasValueSatisfying(why -> assertThat(why).contains("needs register 30, which is lost"));
    }

    /** The call of a function that saved the register has changed it, so the caller's own address is not in it any more. */
    @Test
    void a_return_address_that_was_saved_is_not_that_of_the_caller_too() {
        ElfImage image = new TinyElf(true)
                .common("zR", 30, 0x0c, 31, 0)
                .function(LEAF, 0x100, 0x0e, 16, 0x9e, 2)
                .function(CALLER, 0x100)
                .image();
        long[] all = new long[33];
        all[30] = 0x1234;
        all[31] = STACK;
        all[32] = LEAF + 8;
        stack.putLong(0, CALLER + 8);

        Walk walk = new Unwinder(Abi.AARCH64, address -> code(image, address))
                .walk(Registers.of(all), new StackMemory(STACK, stack.array()));

        assertThat(offsets(walk)).containsExactly(LEAF + 8L, CALLER + 8L);
        assertThat(walk.cut()).hasValueSatisfying(why -> assertThat(why).contains("needs register 30, which is lost"));
    }

    /** Whatever a file holds, a walk ends, and says something. */
    @Test
    void a_damaged_table_ends_the_stack_and_nothing_else() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer bytes = ordinary(i % 2 == 0)
                    .function(LEAF, 0x100, 0x0f, 11, 0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22)
                    .function(CALLER, 0x100, 0x44, 0x0e, 24, 0x0a, 0x0b)
                    .bytes();
            int from = random.nextBoolean() ? 0x3000 : random.nextBoolean() ? 0x2000 : 32;
            for (int j = 0; j <= random.nextInt(3); j++) {
                bytes.put(from + random.nextInt(120), (byte) random.nextInt());
            }
            registers[IP] = LEAF + 0x1a;
            registers[SP] = STACK;
            stack.putLong(0, CALLER + 16);

            ElfImage.read(FileContent.of(bytes))
                    .ifPresent(image -> assertThat(new Unwinder(Abi.X86_64, address -> code(image, address))
                                    .walk(Registers.of(registers), new StackMemory(STACK, stack.array()))
                                    .steps())
                            .isNotNull());
        }
    }
}
