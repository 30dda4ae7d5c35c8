#!/usr/bin/env bash
# llvm-strip without options removes every USDT mark of a program; GNU strip and eu-strip keep them.
#
# Seen with llvm 14.0.6 and 19.1.7, binutils 2.40, elfutils 0.188 and lld 14.0.6 (Debian 12): the section .note.stapsdt is not loaded.
# llvm-strip (--strip-all, its default) and llvm-objcopy --strip-all remove what is not loaded, and so all notes of marks. The
# program runs as before, and no tool warns. llvm-strip --strip-unneeded, --strip-debug and --strip-all-gnu keep the section, and
# so does the option -s of lld. The section .stapsdt.base stays in each case: it shows that there were marks.
#
# Needs: Debian 12, x86-64, gcc, systemtap-sdt-dev. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq llvm-14=1:14.0.6-12 libllvm14=1:14.0.6-12 llvm-19=1:19.1.7-3~deb12u1 libllvm19=1:19.1.7-3~deb12u1 \
  lld-14=1:14.0.6-12 binutils-x86-64-linux-gnu=2.40-2 libbinutils=2.40-2 elfutils=0.188-2.1 libelf1=0.188-2.1 libdw1=0.188-2.1
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu
llvm14=root/usr/lib/llvm-14/bin
llvm19=root/usr/lib/llvm-19/bin

cat > shop.c <<'C'
#include <sys/sdt.h>
int main(int count, char **words) { (void) words; DTRACE_PROBE1(shop, placed, count); return 0; }
C
gcc -O2 -o shop shop.c
gcc -O2 -B"$llvm14" -fuse-ld=lld -s -o linked shop.c

marks() { readelf -n "$1" 2> /dev/null | grep -c 'Provider: shop' || true; }
base() { readelf -SW "$1" | grep -c ' \.stapsdt\.base ' || true; }
check() { # marks left, command...
  local expected=$1; shift
  cp shop copy
  "$@" copy
  ./copy
  printf '%-28s %s mark(s), .stapsdt.base: %s\n' "$(basename "$1") ${*:2}" "$(marks copy)" "$(base copy)"
  [ "$(marks copy) $(base copy)" = "$expected 1" ]
}
echo "before: $(marks shop) mark"
[ "$(marks shop)" = 1 ]
check 0 "$llvm14/llvm-strip"
check 0 "$llvm19/llvm-strip"
check 0 "$llvm14/llvm-objcopy" --strip-all
check 1 "$llvm14/llvm-strip" --strip-unneeded
check 1 "$llvm14/llvm-strip" --strip-debug
check 1 "$llvm14/llvm-strip" --strip-all-gnu
check 1 root/usr/bin/x86_64-linux-gnu-strip
check 1 root/usr/bin/eu-strip
echo "lld -s: $(marks linked) mark"
[ "$(marks linked)" = 1 ]
