#!/usr/bin/env bash
# A uprobe on strlen or memset of libc counts choices of the loader, and not one call.
#
# Seen with bpftrace 0.17.0-1 and glibc 2.36 (Debian 12) on Linux 6.18: a program calls strlen a thousand times, the uprobe on strlen
# fires twice. The name is an IFUNC: its symbol (type "i" of nm) is the address of the code that chooses among the implementations, which
# runs once for each file that imports the name, when that is loaded. bpftrace attaches to it without a word. The calls go to
# a function with another name, such as __strlen_avx2; which one differs with the processor. A count that is not 0 looks like few calls.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1
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

cat > calls.c <<'C'
#include <string.h>
int main(int count, char **words) {
  unsigned long sum = 0;
  for (int i = 0; i < 1000; i++) sum += strlen(words[0] + (i & 1));
  return sum == 0;
}
C
gcc -O1 -fno-builtin -o calls calls.c
libc=$(ldd ./calls | awk '/libc\.so/ { print $3 }')
echo "Linux $(uname -r), bpftrace 0.17.0, $(ldd --version | head -n 1): a thousand calls"
nm -D "$libc" | grep ' strlen@'
seen=$(count "uprobe:$libc:strlen /comm == \"calls\"/ { @choices = count(); }" ./calls)
echo "$seen"
nm -D "$libc" | grep -q ' i strlen@'
[ "${seen#@choices: }" -ge 1 ]
[ "${seen#@choices: }" -le 5 ]
