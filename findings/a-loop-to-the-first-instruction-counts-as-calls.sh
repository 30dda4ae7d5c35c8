#!/usr/bin/env bash
# A uprobe at a function's entry also fires when a loop of the function jumps back to its first instruction.
#
# Seen with bpftrace 0.17.0-1 (Debian 12) and gcc 12 -O2 on Linux 6.18: one call of a function that walks a list of five nodes is
# counted as five. The compiler makes the loop's head the function's first instruction where the function needs no prologue. Nothing
# says that these are no calls: the count looks exact. gcc -fcf-protection puts an endbr64 before the loop, and the count is right.
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

cat > list.c <<'C'
#include <stdlib.h>
struct node { struct node *next; };
__attribute__((noipa)) struct node *last(struct node *n) { while (n->next) n = n->next; return n; }
int main(void) {
  struct node *l = calloc(5, sizeof *l);
  for (int i = 0; i < 4; i++) l[i].next = l + i + 1;
  return last(l) == l + 4 ? 0 : 1;
}
C
gcc -O2 -fcf-protection=none -o plain list.c
gcc -O2 -fcf-protection=full -o protected list.c
echo "Linux $(uname -r), bpftrace 0.17.0, $(gcc --version | head -n 1): one call"
plain=$(count "uprobe:$work/plain:last { @calls = count(); }" ./plain)
protected=$(count "uprobe:$work/protected:last { @calls = count(); }" ./protected)
echo "plain: $plain"
echo "with endbr64: $protected"
[ "$plain" = "@calls: 5" ]
[ "$protected" = "@calls: 1" ]
