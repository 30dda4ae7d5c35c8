#!/usr/bin/env bash
# A linker that folds identical functions (--icf=safe) puts several marks (USDT) at one address, and each fires for all.
#
# Seen with lld 14.0.6, clang 14.0.6 (Debian 12) and bpftrace 0.17.0-1 on Linux 6.18: the mark p:alpha is passed once, p:beta three
# times; both are counted four times. sdt.h puts a nop into the code and the rest into a note, so the two functions have the same
# bytes; "safe" only looks at addresses that the program takes.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1 \
  lld-14=1:14.0.6-12 clang-14=1:14.0.6-12 libclang-common-14-dev=1:14.0.6-12 systemtap-sdt-dev=4.8-2
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

export PATH=$work/root/usr/lib/llvm-14/bin:$PATH
cat > fold.c <<'C'
#include <sys/sdt.h>
__attribute__((noinline)) void a(void) { STAP_PROBE(p, alpha); }
__attribute__((noinline)) void b(void) { STAP_PROBE(p, beta); }
int main(void) { a(); b(); b(); b(); return 0; }
C
clang -O2 -ffunction-sections -isystem root/usr/include/x86_64-linux-gnu -isystem root/usr/include -c fold.c
for icf in none safe; do
  gcc -B root/usr/lib/llvm-14/bin -fuse-ld=lld -Wl,--icf=$icf -o $icf fold.o
  count "usdt:$work/$icf:p:alpha { @alpha = count(); } usdt:$work/$icf:p:beta { @beta = count(); }" ./$icf | sort > $icf.seen
  echo "--icf=$icf: $(tr '\n' ' ' < $icf.seen)"
done
[ "$(tr -d '\n' < none.seen)" = "@alpha: 1@beta: 3" ]
[ "$(tr -d '\n' < safe.seen)" = "@alpha: 4@beta: 4" ]
