#!/usr/bin/env bash
# A program built with gcc -masm=intel writes the operands of its marks (USDT) in Intel syntax into their notes.
#
# Seen with gcc 12, systemtap-sdt-dev 4.8 and bpftrace 0.17.0-1 (Debian 12) on Linux 6.18: the note of the same mark reads -4@%edi in
# one build and -4@edi in the other, in which a register cannot be told from a variable of that name. bpftrace counts the first one
# with its argument, and gives up on the second one ("Parse error"). Nothing of this shows while the program is built.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1 \
  systemtap-sdt-dev=4.8-2
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu

# lets bpftrace attach before the program starts; prints what it has counted when the program has ended
count() { # probes program...
  local probes=$1; shift
  : > out
  root/usr/bin/bpftrace -e "BEGIN { printf(\"attached\\n\"); } $probes" > out 2> err &
  local tool=$!
  until grep -q attached out; do kill -0 "$tool" || { cat err; return 1; }; sleep 0.1; done
  "$@"
  kill -INT "$tool"
  wait "$tool" || true
  grep '^@' out || echo "nothing"
}

cat > mark.c <<'C'
#include <sys/sdt.h>
__attribute__((noipa)) void pass(int id) { STAP_PROBE1(p, passed, id); }
int main(void) { pass(42); return 0; }
C
for syntax in att intel; do
  gcc -O2 -masm=$syntax -isystem root/usr/include/x86_64-linux-gnu -isystem root/usr/include -o $syntax mark.c
  echo "$syntax: $(readelf -n $syntax | grep -A 3 'Provider: p' | grep Arguments)"
  seen=$(count "usdt:$work/$syntax:p:passed { @[(int32)arg0] = count(); }" ./$syntax 2> /dev/null || true)
  echo "$syntax: $(grep '^@' <<< "$seen" || true)$(grep -m 1 'Parse error' err || true)" | tee $syntax.seen
done
readelf -n att | grep -q -e '-4@%edi'
readelf -n intel | grep -q -e '-4@edi'
grep -qx 'att: @\[42\]: 1' att.seen
grep -qx 'intel: Parse error:' intel.seen
