package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the line of an address in the line table of a unit; DWARF 4 and 5, section 6.2. */
final class LineTable {

    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_FOLDER = 2;
    private static final int MOST_FILES = 1 << 20;

    private final Unit unit;
    private final Bytes section;
    private final Cursor cursor;
    private final List<String> folders = new ArrayList<>();
    private final List<FileName> files = new ArrayList<>();

    private int version;
    private int programEnd;
    private int offsetSize;
    private int leastInstruction;
    private int lineBase;
    private int lineRange;
    private int opcodeBase;
    private int[] operands = new int[0];

    private record FileName(String name, long folder) {}

    /** A row; the lines are those of the code from its address up to that of the next one. */
    private record Row(long address, long file, int line) {}

    private LineTable(Unit unit, long offset) {
        this.unit = unit;
        this.section = unit.file().bytes(".debug_line");
        this.cursor = new Cursor(section, section.place(offset));
    }

    /** Empty if the unit has no line table, or it says nothing of the address. */
    static Optional<SourceLine> line(Unit unit, long address) {
        return unit.top().get(Dw.AT_STMT_LIST).flatMap(offset -> new LineTable(unit, offset.number()).find(address));
    }

    private Optional<SourceLine> find(long address) {
        header();
        return run(address).filter(row -> row.line() > 0).map(row -> new SourceLine(path(row.file()), row.line()));
    }

    private void header() {
        int begin = cursor.at();
        Cursor.InitialLength length = cursor.length();
        offsetSize = length.offsetSize();
        programEnd = length.end();
        version = cursor.u16();
        if (version < 2 || version > 5) {
            throw section.damaged("version %d, 0x%x".formatted(version, begin));
        }
        if (version == 5) {
            cursor.skip(2);
        }
        long headerLength = cursor.unsigned(offsetSize);
        int program = section.place(Math.max(0, Math.min(Integer.MAX_VALUE, headerLength)) + cursor.at());
        leastInstruction = cursor.u8();
        if (version >= 4) {
            cursor.skip(1);
        }
        cursor.skip(1);
        lineBase = (byte) cursor.u8();
        lineRange = cursor.u8();
        opcodeBase = cursor.u8();
        if (lineRange == 0 || opcodeBase == 0) {
            throw section.damaged("no lines, 0x%x".formatted(begin));
        }
        operands = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            operands[i] = cursor.u8();
        }
        if (version == 5) {
            entries().forEach(folder -> folders.add(folder.name()));
            files.addAll(entries());
        } else {
            oldEntries();
        }
        cursor.moveTo(program);
    }

    private void oldEntries() {
        folders.add(compiledIn());
        for (String folder = cursor.text(); !folder.isEmpty(); folder = cursor.text()) {
            folders.add(folder);
        }
        files.add(new FileName(unit.top().name().orElse(""), 0));
        for (String name = cursor.text(); !name.isEmpty(); name = cursor.text()) {
            long folder = cursor.uleb();
            cursor.uleb();
            cursor.uleb();
            files.add(new FileName(name, folder));
        }
    }

    private String compiledIn() {
        return unit.top()
                .get(Dw.AT_COMP_DIR)
                .map(value -> unit.file().text(unit, value))
                .orElse("");
    }

    private List<FileName> entries() {
        int[] contents = new int[cursor.u8()];
        int[] forms = new int[contents.length];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = (int) cursor.uleb();
            forms[i] = (int) cursor.uleb();
        }
        long count = cursor.uleb();
        if (count < 0 || count > MOST_FILES || contents.length == 0 && count > 0) {
            throw section.damaged("%s files, 0x%x".formatted(Long.toUnsignedString(count), cursor.at()));
        }
        List<FileName> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "";
            long folder = 0;
            for (int j = 0; j < contents.length; j++) {
                if (forms[j] == Dw.FORM_STRING) {
                    String text = cursor.text();
                    name = contents[j] == CONTENT_PATH ? text : name;
                    continue;
                }
                Value value = Value.read(new Abbreviations.Attribute(contents[j], forms[j], 0), cursor, unit.header());
                if (contents[j] == CONTENT_PATH) {
                    name = unit.file().text(unit, value);
                } else if (contents[j] == CONTENT_FOLDER) {
                    folder = value.number();
                }
            }
            entries.add(new FileName(name, folder));
        }
        return entries;
    }

    private Optional<Row> run(long wanted) {
        Optional<Row> before = Optional.empty();
        long address = 0;
        long file = 1;
        int line = 1;
        while (cursor.at() < programEnd) {
            int code = cursor.u8();
            boolean row = false;
            boolean end = false;
            if (code >= opcodeBase) {
                int both = code - opcodeBase;
                address += (long) (both / lineRange) * leastInstruction;
                line += lineBase + both % lineRange;
                row = true;
            } else if (code == 0) {
                int behind = (int) Math.min(programEnd, cursor.uleb() + cursor.at());
                int extended = behind > cursor.at() ? cursor.u8() : 0;
                if (extended == 1) {
                    end = true;
                } else if (extended == 2) {
                    address = cursor.u64();
                }
                cursor.moveTo(Math.max(cursor.at(), behind));
            } else {
                switch (code) {
                    case 1 -> row = true;
                    case 2 -> address += cursor.uleb() * leastInstruction;
                    case 3 -> line += (int) cursor.sleb();
                    case 4 -> file = cursor.uleb();
                    case 8 -> address += (long) ((255 - opcodeBase) / lineRange) * leastInstruction;
                    case 9 -> address += cursor.u16();
                    default -> {
                        for (int i = 0; i < operands[code]; i++) {
                            cursor.uleb();
                        }
                    }
                }
            }
            if (row || end) {
                if (before.isPresent()
                        && Long.compareUnsigned(before.get().address(), wanted) <= 0
                        && Long.compareUnsigned(wanted, address) < 0) {
                    return before;
                }
                before = end ? Optional.empty() : Optional.of(new Row(address, file, line));
                if (end) {
                    address = 0;
                    file = 1;
                    line = 1;
                }
            }
        }
        return Optional.empty();
    }

    private String path(long number) {
        if (number < 0 || number >= files.size()) {
            throw section.damaged("file %s of %d".formatted(Long.toUnsignedString(number), files.size()));
        }
        FileName file = files.get((int) number);
        if (file.folder() < 0 || file.folder() >= folders.size()) {
            return file.name();
        }
        String base = folders.isEmpty() ? "" : folders.get(0);
        return joined(base, joined(folders.get((int) file.folder()), file.name()));
    }

    private static String joined(String folder, String name) {
        return name.startsWith("/") || folder.isEmpty() ? name : folder + "/" + name;
    }
}
