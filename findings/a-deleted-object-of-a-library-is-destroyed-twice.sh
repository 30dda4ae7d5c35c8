#!/usr/bin/env bash
# Who counts calls of a C++ destructor by its name counts each deleted object twice.
#
# Seen with bpftrace 0.17.0-1 (Debian 12) and g++ 12 -O2 on Linux 6.18: three objects of a class of a library end, two of them by
# delete. A pattern for the destructor's symbols gives eight. g++ makes two functions of one destructor, with three names: D1, which
# is also D2, destroys; D0 calls D1 and frees. Each name gets a probe, so D1 counts three, D2 the same three, and D0 two more. In a
# library D0 calls D1 through the procedure linkage table, so the code of D0 does not show that it calls D1, and no tool that looks
# for direct calls can leave it out. D1 alone gives three.
#
# Needs: Debian 12, x86-64, root, g++, binutils. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1
for package in *.deb; do dpkg-deb -x "$package" root; done

# lets bpftrace attach before the program starts; prints what it has counted when the program has ended
count() { # probes program...
  local probes=$1; shift
  : > out
  LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu \
    root/usr/bin/bpftrace -e "BEGIN { printf(\"attached\\n\"); } $probes" > out 2> err &
  local tool=$!
  until grep -q attached out; do kill -0 "$tool" || { cat err; return 1; }; sleep 0.1; done
  "$@" > /dev/null
  kill -INT "$tool"
  wait "$tool" || true
  grep '^@' out || echo "nothing"
}

cat > cart.h <<'C'
struct Cart { virtual ~Cart(); };
C
cat > lib.cc <<'C'
#include <cstdio>
#include "cart.h"
Cart::~Cart() { std::puts("destroyed"); }
C
cat > main.cc <<'C'
#include "cart.h"
__attribute__((noipa)) void drop(Cart *cart) { delete cart; }
int main() { drop(new Cart); drop(new Cart); Cart last; }
C
g++ -O2 -fPIC -shared -o libcart.so lib.cc
g++ -O2 -o program main.cc "$work/libcart.so"
echo "Linux $(uname -r), bpftrace 0.17.0, $(g++ --version | head -n 1): $(./program | grep -c destroyed) objects are destroyed"
objdump -d --no-show-raw-insn libcart.so | sed -n '/<_ZN4CartD0Ev>:/,/^$/p' | tee deleting
all=$(count "uprobe:$work/libcart.so:*CartD* { @all = count(); }" ./program)
frees=$(count "uprobe:$work/libcart.so:_ZN4CartD0Ev { @D0 = count(); }" ./program)
one=$(count "uprobe:$work/libcart.so:_ZN4CartD1Ev { @D1 = count(); }" ./program)
echo "$all"
echo "$frees"
echo "$one"
grep -q 'call.*<_ZN4CartD1Ev@plt>' deleting
[ "$all" = "@all: 8" ]
[ "$frees" = "@D0: 2" ]
[ "$one" = "@D1: 3" ]
