#!/usr/bin/env bash
# perf unwinds a static program of gcc no further than its innermost function, and says nothing.
#
# Seen with perf 6.1.192 (Debian 12, with libunwind) and gcc 12: the program has unwind tables (.eh_frame) for all its functions, as
# the dynamic one from the same source has, and both are recorded with --call-graph dwarf, stack copies included. Each sample of
# the dynamic one shows main and its callees. Each sample of the static one has a single frame. gcc asks the linker for the table's
# index (--eh-frame-hdr) unless it links statically; without the index perf does not look at the table. The option in the link
# command brings all frames back. Programs of -static-pie have the index.
#
# Needs: Debian 12, x86-64, root, gcc, binutils. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq linux-perf=6.1.192-3 \
  $(apt-cache depends --important linux-perf=6.1.192-3 | awk '/ Depends: [a-z]/ && $2 != "libc6" { print $2 }') 2> /dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu

cat > work.c <<'C'
__attribute__((noinline)) long leaf(long n) { volatile long sum = 0; for (long i = 0; i < n; i++) sum += i; return sum; }
__attribute__((noinline)) long caller(long n) { return leaf(n) + 1; }
int main(void) { return caller(1000000000) == 0; }
C
gcc -O2 -o dynamic work.c
gcc -O2 -static -o static work.c
gcc -O2 -static -Wl,--eh-frame-hdr -o indexed work.c

# how many samples there are, and how many of them show the caller
frames() {
  root/usr/bin/perf record -q -e cpu-clock:u -F 99 --call-graph dwarf -o data "./$1" > out 2> err || { cat err; exit 1; }
  root/usr/bin/perf script -i data 2> /dev/null > script
  awk '/^[^ \t]/ { samples++ } / caller\+/ { with++ } END { print samples + 0, with + 0 }' script
}

echo "$(root/usr/bin/perf --version), $(gcc --version | head -n 1)"
for program in dynamic static indexed; do
  readelf -SW "$program" | grep -q ' \.eh_frame '
  read -r samples with < <(frames "$program")
  echo "$program: an index: $(readelf -lW "$program" | grep -c GNU_EH_FRAME), samples: $samples, with the caller: $with"
  [ "$samples" -gt 5 ]
  case $program in
    static) [ "$with" = 0 ] ;;
    *) [ "$with" = "$samples" ] ;;
  esac
done
