#!/usr/bin/env bash
# Clang removes an unused argument of a static function and keeps the function's name, so that arg1 of a probe is another argument.
#
# Seen with clang 14.0.6 (Debian 12) and bpftrace 0.17.0-1 on Linux 6.18: reserve(kind, id) is called with (1, 42); its symbol is
# reserve, and the second argument register holds not 42: id has moved to the first one. GCC makes such a function too, but marks
# it (reserve.constprop.0, reserve.isra.0).
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1 \
  clang-14=1:14.0.6-12 libclang-common-14-dev=1:14.0.6-12
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
cat > clone.c <<'C'
#include <stdio.h>
static __attribute__((noinline)) int reserve(int kind, int id) { printf("reserve(kind, %d)\n", id); return id; }
int main(int n, char **v) { return reserve(n, n + 41) == 42 ? 0 : 1; }
C
clang -O2 -c clone.c && gcc -o by-clang clone.o
gcc -O2 -o by-gcc clone.c
echo "clang's names: $(nm by-clang | grep -o 'reserve.*'); gcc's: $(nm by-gcc | grep -o 'reserve.*')"
seen=$(count "uprobe:$work/by-clang:reserve { @first = (int32)arg0; @second_is_42 = (int32)arg1 == 42; }" ./by-clang)
echo "$seen"
grep -q '^@first: 42$' <<< "$seen"
grep -q '^@second_is_42: 0$' <<< "$seen"
[ "$(nm by-clang | grep -o 'reserve.*')" = reserve ]
[ "$(nm by-gcc | grep -o 'reserve.*')" != reserve ]
