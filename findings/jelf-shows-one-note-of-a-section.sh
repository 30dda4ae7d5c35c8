#!/usr/bin/env bash
# The Java library jelf shows one note of a section: of a program with three USDT marks, only the first.
#
# Seen with net.fornwall:jelf 0.9.0 (Maven Central): its ElfNoteSection is a section and a note in one. A section may hold many
# notes, one after the other, and .note.stapsdt has one for each site of a mark. jelf decodes the first, and has no method for the
# others; nothing says that there are more. One has to read the bytes of the section.
#
# Needs: Debian 12, x86-64, gcc, JDK 17, Maven, systemtap-sdt-dev. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=net.fornwall:jelf:0.9.0 -DoutputDirectory=. -Dmdep.useBaseVersion=true > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > shop.c <<'C'
#include <sys/sdt.h>
int main(int count, char **words) {
  (void) words;
  DTRACE_PROBE1(shop, placed, count);
  DTRACE_PROBE1(shop, paid, count);
  DTRACE_PROBE(shop, sent);
  return 0;
}
C
gcc -O2 -o shop shop.c
cat > Notes.java <<'JAVA'
import java.io.File;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfNoteSection;

class Notes {
    public static void main(String[] words) throws Exception {
        ElfFile file = ElfFile.from(new File(words[0]));
        for (int i = 0; i < file.e_shnum; i++) {
            if (file.getSection(i) instanceof ElfNoteSection note && note.header.getName().equals(".note.stapsdt")) {
                String mark = note.descriptorAsString();
                System.out.println("note named " + note.getName() + ": "
                        + (mark.contains("placed") ? "placed " : "")
                        + (mark.contains("paid") ? "paid " : "")
                        + (mark.contains("sent") ? "sent " : ""));
            }
        }
    }
}
JAVA
seen=$(java -cp jelf-0.9.0.jar Notes.java shop)
echo "readelf: $(readelf -n shop | grep -c 'Provider: shop') marks"
echo "jelf 0.9.0: $seen"
[ "$(readelf -n shop | grep -c 'Provider: shop')" = 3 ]
[ "$seen" = "note named stapsdt: placed " ]
