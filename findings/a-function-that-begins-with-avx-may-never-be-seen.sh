#!/usr/bin/env bash
# Whether a uprobe takes an AVX instruction depends on the one-byte instruction that has the same last opcode byte.
#
# Seen with bpftrace 0.17.0-1 (Debian 12) on Linux 6.18, x86-64: a function that begins with vmovaps is counted; one that begins with
# vmovdqa from memory or with vpxor is not, and attaching reports no error while no process has the file mapped. For
# the VEX prefix the kernel looks the opcode up in its table of plain one-byte instructions, where 6f and ef are port input and output,
# which it refuses. String functions of C libraries begin like that.
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

cat > avx.s <<'S'
.macro function name instruction:vararg
.globl \name
.type \name, @function
\name: \instruction
	vzeroupper
	ret
.size \name, . - \name
.endm
function taken_vmovaps, vmovaps (%rdi), %ymm0
function refused_vmovdqa, vmovdqa (%rdi), %ymm0
function refused_vpxor, vpxor %ymm0, %ymm0, %ymm0
.section .note.GNU-stack, "", @progbits
S
cat > main.c <<'C'
void taken_vmovaps(void *), refused_vmovdqa(void *), refused_vpxor(void *);
static char data[32] __attribute__((aligned(32)));
int main(void) {
  for (int i = 0; i < 3; i++) { taken_vmovaps(data); refused_vmovdqa(data); refused_vpxor(data); }
  return 0;
}
C
grep -qw avx2 /proc/cpuinfo || { echo "this machine has no AVX2"; exit 0; }
gcc -O2 -o program main.c avx.s
echo "Linux $(uname -r), bpftrace 0.17.0: three calls of each"
seen=$(count "uprobe:$work/program:taken_vmovaps { @vmovaps = count(); }
  uprobe:$work/program:refused_vmovdqa { @vmovdqa = count(); }
  uprobe:$work/program:refused_vpxor { @vpxor = count(); }" ./program | sort)
echo "$seen"
[ "$(tr '\n' ' ' <<< "$seen")" = "@vmovaps: 3 @vmovdqa: 0 @vpxor: 0 " ]
