package io.probeunit.internal.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes the bytes of an ELF file by hand: code at {@link #CODE}, data at {@link #DATA}, both elsewhere in the file than
 * in memory, so that an address taken for an offset shows.
 */
public final class ElfBuilder {

    public static final long CODE = 0x401000;
    static final long CODE_OFFSET = 0x1000;
    static final long CODE_SIZE = 0x1000;
    static final long DATA = 0x605000;
    static final long DATA_OFFSET = 0x2000;
    static final long DATA_SIZE = 0x100;
    /** In memory, but not in the file. */
    static final long BSS = DATA + DATA_SIZE;

    static final int FUNCTION = 2;
    static final int OBJECT = 1;
    static final int IFUNC = 10;
    static final int LABEL = 0;

    static final int LOCAL = 0;
    static final int GLOBAL = 1;
    static final int WEAK = 2;

    public static final int SHT_PROGBITS = 1;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_NOTE = 7;
    static final int SHT_NOBITS = 8;
    static final int SHT_DYNSYM = 11;

    private record Symbol(String name, int type, long address, long size, int section, int binding) {
        Symbol(String name, int type, long address, long size, int section) {
            this(name, type, address, size, section, 1);
        }
    }

    private record Section(String name, int type, long flags, long address, byte[] content, int link, long entry) {}

    private final List<Symbol> symtab = new ArrayList<>();
    private final List<Symbol> dynsym = new ArrayList<>();
    private final ByteArrayOutputStream stapsdt = new ByteArrayOutputStream();
    private final ByteArrayOutputStream gnu = new ByteArrayOutputStream();
    private final List<Section> extra = new ArrayList<>();
    private final List<Long> nops = new ArrayList<>();
    private boolean stripped;
    private int[] code = {};
    private int type = 2;
    private int machine = 62;

    ElfBuilder positionIndependent() {
        type = 3;
        return this;
    }

    ElfBuilder type(int elfType) {
        type = elfType;
        return this;
    }

    ElfBuilder machine(int elfMachine) {
        machine = elfMachine;
        return this;
    }

    /** Leaves {@code .symtab} out. */
    ElfBuilder stripped() {
        stripped = true;
        return this;
    }

    ElfBuilder function(String name, long address) {
        return symbol(name, FUNCTION, address, 16);
    }

    ElfBuilder symbol(String name, int symbolType, long address, long size) {
        return symbol(name, symbolType, address, size, GLOBAL);
    }

    ElfBuilder symbol(String name, int symbolType, long address, long size, int binding) {
        symtab.add(new Symbol(name, symbolType, address, size, 1, binding));
        return this;
    }

    /** A function that no other source file knows. */
    ElfBuilder internal(String name, long address) {
        symtab.add(new Symbol(name, FUNCTION, address, 16, 1, 0));
        return this;
    }

    /** The name of a source file, to which the local symbols behind it belong; an empty one is the linker's. */
    ElfBuilder sourceFile(String name) {
        symtab.add(new Symbol(name, 4, 0, 0, 0xfff1, 0));
        return this;
    }

    /** Puts instructions at the start of the code. */
    ElfBuilder code(int... bytes) {
        code = bytes.clone();
        return this;
    }

    ElfBuilder undefined(String name, long address) {
        symtab.add(new Symbol(name, FUNCTION, address, 0, 0, GLOBAL));
        return this;
    }

    ElfBuilder exported(String name, int symbolType, long address) {
        dynsym.add(new Symbol(name, symbolType, address, 16, 1, GLOBAL));
        return this;
    }

    ElfBuilder buildId(String hex) {
        gnu.writeBytes(note("GNU", 3, HexFormat.of().parseHex(hex)));
        return this;
    }

    /** Adds a mark that is not guarded. */
    public ElfBuilder mark(String provider, String name, long address, String operands) {
        return mark(provider, name, address, 0, 0, operands);
    }

    /** A mark that is guarded or moved; a nop stands where the note says. */
    ElfBuilder mark(String provider, String name, long address, long base, long semaphore, String operands) {
        nop(address);
        return stapsdt(3, descriptor(provider, name, address, base, semaphore, operands));
    }

    /** Puts the instruction that a mark stands on. */
    ElfBuilder nop(long address) {
        nops.add(address);
        return this;
    }

    ElfBuilder stapsdt(int noteType, byte[] descriptor) {
        stapsdt.writeBytes(note("stapsdt", noteType, descriptor));
        return this;
    }

    ElfBuilder rawStapsdt(byte[] bytes) {
        stapsdt.writeBytes(bytes);
        return this;
    }

    ElfBuilder base(long address) {
        extra.add(new Section(".stapsdt.base", SHT_PROGBITS, 2, address, new byte[1], 0, 0));
        return this;
    }

    public ElfBuilder section(String name, int sectionType, long flags, byte[] content) {
        extra.add(new Section(name, sectionType, flags, 0, content, 0, 0));
        return this;
    }

    /** Adds the header of a section whose content is elsewhere. */
    ElfBuilder section(String name, int sectionType, long flags, long address, int size) {
        extra.add(new Section(name, sectionType, flags, address, new byte[size], 0, 0));
        return this;
    }

    static byte[] descriptor(String provider, String name, long address, long base, long semaphore, String operands) {
        byte[] strings = (provider + "\0" + name + "\0" + operands + "\0").getBytes(StandardCharsets.UTF_8);
        return little(24 + strings.length)
                .putLong(address)
                .putLong(base)
                .putLong(semaphore)
                .put(strings)
                .array();
    }

    static byte[] note(String owner, int noteType, byte[] descriptor) {
        byte[] name = (owner + "\0").getBytes(StandardCharsets.UTF_8);
        return little(12 + padded(name.length) + padded(descriptor.length))
                .putInt(name.length)
                .putInt(descriptor.length)
                .putInt(noteType)
                .put(name)
                .position(12 + padded(name.length))
                .put(descriptor)
                .array();
    }

    /** The bytes of a file whose code ends before its last page does, so that there is padding behind it. */
    public static byte[] withPadding() {
        ByteBuffer file = new ElfBuilder().build();
        int header = (int) file.getLong(32);
        file.putLong(header + 32, CODE_SIZE - 16);
        file.putLong(header + 40, CODE_SIZE - 16);
        byte[] bytes = new byte[file.capacity()];
        file.duplicate().rewind().get(bytes);
        return bytes;
    }

    public ByteBuffer build() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("", 0, 0, 0, new byte[0], 0, 0));
        if (!stripped) {
            addSymbols(sections, ".symtab", SHT_SYMTAB, ".strtab", symtab);
        }
        if (!dynsym.isEmpty()) {
            addSymbols(sections, ".dynsym", SHT_DYNSYM, ".dynstr", dynsym);
        }
        if (gnu.size() > 0) {
            sections.add(new Section(".note.gnu.build-id", SHT_NOTE, 2, 0, gnu.toByteArray(), 0, 0));
        }
        if (stapsdt.size() > 0) {
            sections.add(new Section(".note.stapsdt", SHT_NOTE, 0, 0, stapsdt.toByteArray(), 0, 0));
        }
        sections.addAll(extra);
        StringTable names = new StringTable();
        List<Integer> nameOffsets =
                new ArrayList<>(sections.stream().map(s -> names.add(s.name())).toList());
        nameOffsets.add(names.add(".shstrtab"));
        sections.add(new Section(".shstrtab", SHT_STRTAB, 0, 0, names.bytes(), 0, 0));
        return assemble(sections, nameOffsets);
    }

    private static void addSymbols(
            List<Section> sections, String name, int sectionType, String stringsName, List<Symbol> symbols) {
        StringTable strings = new StringTable();
        ByteBuffer table = little(24 * (symbols.size() + 1)).position(24);
        for (Symbol symbol : symbols) {
            table.putInt(strings.add(symbol.name()))
                    .put((byte) (symbol.binding() << 4 | symbol.type()))
                    .put((byte) 0)
                    .putShort((short) symbol.section())
                    .putLong(symbol.address())
                    .putLong(symbol.size());
        }
        sections.add(new Section(name, sectionType, 0, 0, table.array(), sections.size() + 1, 24));
        sections.add(new Section(stringsName, SHT_STRTAB, 0, 0, strings.bytes(), 0, 0));
    }

    private ByteBuffer assemble(List<Section> sections, List<Integer> nameOffsets) {
        int contents =
                sections.stream().mapToInt(s -> eight(s.content().length)).sum();
        int start = (int) (DATA_OFFSET + DATA_SIZE);
        int headers = start + contents;
        ByteBuffer file = little(headers + 64 * sections.size());
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) type).putShort((short) machine).putInt(1);
        file.putLong(CODE).putLong(64).putLong(headers).putInt(0);
        file.putShort((short) 64).putShort((short) 56).putShort((short) 2);
        file.putShort((short) 64).putShort((short) sections.size()).putShort((short) (sections.size() - 1));
        segment(file, 5, CODE_OFFSET, CODE, CODE_SIZE, CODE_SIZE);
        segment(file, 6, DATA_OFFSET, DATA, DATA_SIZE, 2 * DATA_SIZE);
        for (long address : nops) {
            if (address >= CODE && address < CODE + CODE_SIZE - 4) {
                int at = (int) (address - CODE + CODE_OFFSET);
                if (machine == 183) {
                    file.putInt(at, 0xd503201f);
                } else {
                    file.put(at, (byte) 0x90);
                }
            }
        }
        int at = start;
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            file.position(at).put(section.content());
            file.position(headers + 64 * i);
            file.putInt(nameOffsets.get(i)).putInt(section.type());
            file.putLong(section.flags()).putLong(section.address());
            file.putLong(at).putLong(section.content().length);
            file.putInt(section.link()).putInt(0).putLong(4).putLong(section.entry());
            at += eight(section.content().length);
        }
        for (int i = 0; i < code.length; i++) {
            file.put((int) CODE_OFFSET + i, (byte) code[i]);
        }
        return file.rewind();
    }

    private static void segment(ByteBuffer file, int flags, long offset, long address, long size, long inMemory) {
        file.putInt(1).putInt(flags);
        file.putLong(offset).putLong(address).putLong(address);
        file.putLong(size).putLong(inMemory).putLong(0x1000);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int size) {
        return (size + 3) / 4 * 4;
    }

    private static int eight(int size) {
        return (size + 7) / 8 * 8;
    }

    private static final class StringTable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        StringTable() {
            bytes.write(0);
        }

        int add(String text) {
            if (text.isEmpty()) {
                return 0;
            }
            int at = bytes.size();
            bytes.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
            return at;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
