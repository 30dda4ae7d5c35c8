#!/usr/bin/env bash
# A uprobe on an instruction with a LOCK prefix is accepted while no process has the file mapped, and then never fires.
#
# Seen with bpftrace 0.17.0-1 (Debian 12) on Linux 6.18: the probe is attached without an error, five calls are counted as none. The
# kernel looks at the instruction only when a process maps the file; that it refuses it then is told to nobody. Where a process has
# the file mapped already, the same attachment fails. Real functions begin so: pthread_spin_lock, g_atomic_int_inc.
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

cat > up.c <<'C'
static int n;
__attribute__((naked)) void up(int *p) { __asm__("lock incl (%rdi); ret"); }
__attribute__((noipa)) void twin(int *p) { ++*p; }
int main(void) { for (int i = 0; i < 5; i++) { up(&n); twin(&n); } return n == 10 ? 0 : 1; }
C
gcc -O2 -o up up.c
echo "Linux $(uname -r), bpftrace 0.17.0: five calls of up and five of twin"
seen=$(count "uprobe:$work/up:up { @up = count(); } uprobe:$work/up:twin { @twin = count(); }" ./up)
echo "$seen"
cat err
[ "$(tr "\n" " " <<< "$seen")" = "@twin: 5 @up: 0 " ]
