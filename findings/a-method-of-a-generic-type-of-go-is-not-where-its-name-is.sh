#!/usr/bin/env bash
# The method of a generic type of Go that a symbol names by its type is a wrapper that direct calls never pass.
#
# Seen with Go 1.19.8 and bpftrace 0.17.0-1 (Debian 12) on Linux 6.18: main.list[int].Len and main.list[go.shape.int_0].Len are two
# functions. Three direct calls of Len on a list[int] are three hits of the second and none of the first, which is the name that
# the source suggests. A call through an interface is no hit of it either.
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

import "os"

type number interface{ ~int | ~float64 }

type list[T number] struct{ items []T }

//go:noinline
func (l list[T]) Len() int { return len(l.items) }

type sized interface{ Len() int }

//go:noinline
func ask(s sized) int { return s.Len() }

func main() {
	l := list[int]{items: []int{1, 2}}
	if len(os.Args) > 1 {
		println("Len called once, through an interface:", ask(l))
		return
	}
	println("Len called three times:", l.Len()+l.Len()+l.Len())
}
GO
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GOFLAGS=-mod=mod GO111MODULE=off
rm -rf "$GOROOT/src" "$GOROOT/pkg/include" && cp -a root/usr/share/go-1.19/src "$GOROOT/src"
(cd go && "$GOROOT/bin/go" build -o ../program main.go)
echo "Linux $(uname -r), bpftrace 0.17.0, $("$GOROOT/bin/go" version)"

# by address, since bpftrace takes brackets in a name for a pattern
at() { nm program | grep -F " $1" | cut -d ' ' -f 1; }
wrapper=0x$(at 'main.list[int].Len')
shape=0x$(at 'main.list[go.shape.int_0].Len')
for how in '' interface; do
  seen=$(count "uprobe:$work/program:$wrapper { @wrapper = count(); } uprobe:$work/program:$shape { @shape = count(); }" ./program $how)
  echo "$seen" | tee "seen.$how"
done
grep -qx '@shape: 3' seen.
grep -qx '@shape: 1' seen.interface
grep -qx '@wrapper: 0' seen.
grep -qx '@wrapper: 0' seen.interface
