#!/usr/bin/env bash
# A linker that removes an unused function keeps the note of the mark (USDT) in it, with an address that is another place's.
#
# Seen with lld 14.0.6, systemtap-sdt-dev 4.8 and gcc 12 (Debian 12): after --gc-sections the note of p:dead is there and names an
# address in no section. GNU ld does the same with its own idea of the address. Every tool that lists marks lists it; with other
# offsets such a probe lies in the middle of other code.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq lld-14=1:14.0.6-12 libllvm14=1:14.0.6-12 systemtap-sdt-dev=4.8-2 libedit2 libz3-4
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu

export PATH=$work/root/usr/bin:$PATH
cat > live.c <<'C'
#include <sys/sdt.h>
__attribute__((noinline)) void live(int x) { STAP_PROBE1(p, live, x); }
int main(void) { live(1); return 0; }
C
cat > dead.c <<'C'
#include <sys/sdt.h>
void dead(int x) { STAP_PROBE1(p, dead, x); }
C
for f in live dead; do gcc -O2 -ffunction-sections -isystem root/usr/include/x86_64-linux-gnu -isystem root/usr/include -c $f.c; done
gcc -B root/usr/lib/llvm-14/bin -fuse-ld=lld -Wl,--gc-sections -o program live.o dead.o
echo "$(root/usr/lib/llvm-14/bin/ld.lld --version)"
readelf -n program | grep -A 3 'Provider: p'
readelf -sW program | grep -c ' FUNC .* dead$' || echo "the function dead is not in the file"
location=$(readelf -n program | grep -A 1 'Name: dead' | sed -n 's/.*Location: \(0x[0-9a-f]*\),.*/\1/p')
text=$(readelf -SW program | awk '$2 == ".text" || $3 == ".text" { print }')
echo "p:dead is at $location; .text: $text"
[ "$(readelf -sW program | grep -c ' FUNC .* dead$')" = 0 ]
[ $((location)) -lt 4096 ]
