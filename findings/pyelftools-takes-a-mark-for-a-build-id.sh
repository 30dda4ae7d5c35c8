#!/usr/bin/env bash
# pyelftools reports a USDT mark as a note of the type NT_GNU_BUILD_ID, with bytes of the mark as the build ID.
#
# Seen with pyelftools 0.29 (Debian 12). The type of an ELF note is a number that only means something together with the note's
# name: 3 is the build ID for "GNU", and a mark for "stapsdt". pyelftools looks at the number alone. A program that was linked
# without a build ID then seems to have one: a loop over all notes for NT_GNU_BUILD_ID finds the mark. With a build ID it finds
# both, in the order of the sections. The name must be compared too. readelf -n does that.
#
# Needs: Debian 12, x86-64, gcc, python3, systemtap-sdt-dev. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq python3-pyelftools=0.29-1
dpkg-deb -x python3-pyelftools_*.deb root

cat > shop.c <<'C'
#include <sys/sdt.h>
int main(int count, char **words) { (void) words; DTRACE_PROBE1(shop, placed, count); return 0; }
C
gcc -O2 -Wl,--build-id=none -o without shop.c
gcc -O2 -Wl,--build-id=0x0123456789 -o with shop.c
cat > ids.py <<'PY'
import sys
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import NoteSection

with open(sys.argv[1], "rb") as file:
    for section in ELFFile(file).iter_sections():
        if isinstance(section, NoteSection):
            for note in section.iter_notes():
                if note["n_type"] == "NT_GNU_BUILD_ID":
                    hexadecimal = isinstance(note["n_desc"], str) and all(c in "0123456789abcdef" for c in note["n_desc"])
                    print(note["n_name"], len(note["n_desc"]) if note["n_name"] == "stapsdt" else note["n_desc"], hexadecimal)
PY
ids() { PYTHONPATH=root/usr/lib/python3/dist-packages python3 ids.py "$1"; }
echo "pyelftools 0.29, notes of the type NT_GNU_BUILD_ID: name, build ID or its length, whether it is hexadecimal"
echo "linked without a build ID:"; ids without
echo "linked with 0123456789:"; ids with
[ "$(readelf -n without | grep -c 'Build ID')" = 0 ]
[[ "$(ids without)" =~ ^stapsdt\ [0-9]+\ True$ ]]
[[ "$(ids with)" =~ ^GNU\ 0123456789\ True.stapsdt\ [0-9]+\ True$ ]]
