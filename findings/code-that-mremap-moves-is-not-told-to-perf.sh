#!/usr/bin/env bash
# A process that moves executable memory by mremap leaves no record of it in perf's data.
#
# Seen with perf 6.1.192 (Debian 12) on Linux 6.18: mmap and mprotect of executable memory each make a PERF_RECORD_MMAP2, so that
# a profile knows which code is where at what time. mremap makes none. perf goes on to take the old address for the code, and
# what runs at the new one for whatever was mapped there before. Runtimes that move their own code to huge pages do it this way.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq linux-perf=6.1.192-3 \
  $(apt-cache depends --important linux-perf=6.1.192-3 | awk '/ Depends: [a-z]/ && $2 != "libc6" { print $2 }') 2> /dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu

cat > moves.c <<'C'
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
int main(void) {
  unsigned char code[] = {0xb8, 7, 0, 0, 0, 0xc3};
  char *from = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *to = mmap(0, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memcpy(from, code, sizeof code);
  if (mremap(from, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, to) != to) return 1;
  printf("%lx %lx %d\n", (long) from, (long) to, ((int (*)(void)) to)());
  return 0;
}
C
gcc -O1 -o moves moves.c
root/usr/bin/perf record -q -e dummy:u -o data ./moves > out 2> err || { cat err; exit 1; }
read -r from to result < out
root/usr/bin/perf script -i data --show-mmap-events 2> /dev/null > records
echo "Linux $(uname -r), $(root/usr/bin/perf --version): code was made at $from, moved to $to, and returned $result there"
echo "records with execution at the old address: $(grep -c "0x$from(.* r.xp " records || true)"
echo "at the new one: $(grep -c "0x$to(.* r.xp " records || true)"
[ "$result" = 7 ]
grep -q "0x$from(.* r.xp " records
! grep -q "0x$to(.* r.xp " records
