#!/usr/bin/env bash
# A uprobe at the entry of a Go function fires twice for a call that makes the stack grow.
#
# Seen with bpftrace 0.17.0-1 and Go 1.19.8 (Debian 12) on Linux 6.18: five calls, each in a new goroutine and with a large frame, are
# counted as ten. The prologue compares the stack pointer, calls runtime.morestack, and jumps back to the function's first
# instruction. Whether it does depends on what the goroutine called before, so the count differs from run to run of a real program.
#
# Needs: Debian 12, x86-64, root, gcc. Fails if the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -qq bpftrace=0.17.0-1 libbpfcc=0.26.0+ds-1 libclang1-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 \
  libllvm14=1:14.0.6-12 libbpf1 \
  golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2
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

mkdir go
cat > go/main.go <<'GO'
package main

//go:noinline
func work(i int) byte { var room [64 << 10]byte; room[i] = byte(i); return room[(i*7)%len(room)] }

func main() {
	done := make(chan byte)
	for i := 0; i < 5; i++ {
		go func(i int) { done <- work(i) }(i)
		<-done
	}
	println("work called 5 times")
}
GO
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GOFLAGS=-mod=mod GO111MODULE=off
rm -rf "$GOROOT/src" "$GOROOT/pkg/include" && cp -a root/usr/share/go-1.19/src "$GOROOT/src"
(cd go && "$GOROOT/bin/go" build -o ../program main.go)
echo "Linux $(uname -r), bpftrace 0.17.0, $("$GOROOT/bin/go" version)"
seen=$(count "uprobe:$work/program:main.work { @calls = count(); }" ./program)
echo "$seen"
grep -q '^@calls: 10$' <<< "$seen"
