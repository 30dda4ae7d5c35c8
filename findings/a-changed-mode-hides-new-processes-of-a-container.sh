#!/usr/bin/env bash
# On overlayfs a chmod that changes nothing makes processes that start later invisible for a uprobe on the same path.
#
# Seen with bpftrace 0.17.0-1 (Debian 12) on Linux 6.18: the file lies in a lower layer, as the programs of an image do. It is
# probed by its path; a run is counted. After "chmod 755", which it had before, a run is counted as none: overlayfs has copied the
# file up, new processes map the copy, and the probe stays with the inode of the lower layer. Device and inode number of the path
# are the same before and after, so comparing them does not tell.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'umount "$work/merged" 2> /dev/null || true; rm -rf "$work"' EXIT
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

mkdir lower upper work merged
cat > f.c <<'C'
__attribute__((noipa)) int f(int n) { return n + 1; }
int main(void) { int n = 0; for (int i = 0; i < 3; i++) n = f(n); return n - 3; }
C
gcc -O2 -o lower/program f.c
chmod 755 lower/program
mount -t overlay overlay -o "lowerdir=$work/lower,upperdir=$work/upper,workdir=$work/work" merged
before=$(stat -c '%d:%i %a' merged/program)
twice() { merged/program; chmod 755 merged/program; merged/program; }
seen=$(count "uprobe:$work/merged/program:f { @calls = count(); }" twice)
after=$(stat -c '%d:%i %a' merged/program)
echo "Linux $(uname -r), bpftrace 0.17.0: 3 calls before a chmod, 3 after it"
echo "device:inode mode before: $before, after: $after"
echo "$seen"
[ "$before" = "$after" ]
[ "$seen" = "@calls: 3" ]
