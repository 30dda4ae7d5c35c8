#!/usr/bin/env bash
# A guarded mark (USDT with a semaphore) of a program linked by lld or mold is attached, and its semaphore stays 0 for the program.
#
# Seen with lld 14.0.6, mold 1.10.1, systemtap-sdt-dev 4.8 (Debian 12) and bpftrace 0.17.0-1 on Linux 6.18: a program that passes the
# mark three times if it is on, counted by bpftrace, which asks the kernel to raise the semaphore. Linked by GNU ld three are
# counted; by lld and by mold none is. These put the semaphore's section beside read-only data, so that the page of the file is
# mapped twice, and the kernel raises the counter in the mapping that the program does not read.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1 \
  lld-14=1:14.0.6-12 mold=1.10.1+dfsg-1 clang-14=1:14.0.6-12 libclang-common-14-dev=1:14.0.6-12 \
  systemtap-sdt-dev=4.8-2 libtbb12 libmimalloc2.0 libxxhash0
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

export PATH=$work/root/usr/bin:$work/root/usr/lib/llvm-14/bin:$PATH
cat > guarded.c <<'C'
#define _SDT_HAS_SEMAPHORES 1
#include <sys/sdt.h>
__extension__ volatile unsigned short t_m_semaphore __attribute__((unused, section(".probes"), visibility("hidden")));
int main(void) { int on = 0; for (int i = 0; i < 3; i++) if (t_m_semaphore) { STAP_PROBE1(t, m, i); on++; } return on; }
C
clang -O2 -isystem root/usr/include/x86_64-linux-gnu -isystem root/usr/include -c guarded.c
gcc -o bfd guarded.o
gcc -B root/usr/lib/llvm-14/bin -fuse-ld=lld -o lld guarded.o
mkdir bin && ln -s "$work/root/usr/bin/mold" bin/ld && gcc -B bin -o mold guarded.o
run() { local on=0; "./$1" || on=$?; echo "on $on times" > on; }
echo "Linux $(uname -r), bpftrace 0.17.0: the mark is passed 3 times if it is on"
for linker in bfd lld mold; do
  seen=$(count "usdt:$work/$linker:t:m { @fired = count(); }" run $linker)
  echo "$linker: $(cat on), $seen" | tee $linker.seen
done
cat err
grep -qx 'bfd: on 3 times, @fired: 3' bfd.seen
grep -qx 'lld: on 0 times, @fired: 0' lld.seen
grep -qx 'mold: on 0 times, @fired: 0' mold.seen
