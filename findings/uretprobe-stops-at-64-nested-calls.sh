#!/usr/bin/env bash
# A return probe sees at most 64 calls of one thread that are nested in each other; those deeper down return unseen.
#
# Seen with bpftrace 0.17.0-1 (Debian 12) on Linux 6.18: of 101 nested calls 101 entries and 64 returns are counted. bpftrace
# prints no warning and its exit status is 0. Whoever asserts on returns of a recursive function gets a wrong count that
# looks exact. The limit is the kernel's (MAX_URETPROBE_DEPTH in kernel/events/uprobes.c).
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu

cat > nested.c <<'C'
__attribute__((noipa)) int nested(int n) { if (n == 0) return 0; int r = nested(n - 1) + 1; __asm__ volatile(""); return r; }
int main(void) { return nested(100) == 100 ? 0 : 1; }
C
gcc -O2 -o nested nested.c

root/usr/bin/bpftrace -e "
  uprobe:$work/nested:nested { @entries = count(); }
  uretprobe:$work/nested:nested { @returns = count(); }" -c "$work/nested" > out 2> err

echo "Linux $(uname -r), $(root/usr/bin/bpftrace --version): 101 calls, nested"
cat out err
grep -q '^@entries: 101$' out
grep -q '^@returns: 64$' out
if grep -qi 'lost\|miss\|warn' err; then echo "it warns now"; exit 1; fi
