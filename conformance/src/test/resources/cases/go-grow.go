package main

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
)

var called int64

//go:noinline
func deep(n int) int {
	var b [256]byte
	b[n&255] = 1
	if n == 0 {
		atomic.AddInt64(&called, 1)
		return int(b[0])
	}
	atomic.AddInt64(&called, 1)
	return deep(n-1) + int(b[n&255])
}

//go:noinline
func busy(n int) int {
	s := 0
	for i := 0; i < n; i++ {
		s += step(i)
	}
	return s
}

//go:noinline
func step(i int) int { return look(i) + 1 }

//go:noinline
func look(i int) int { return i & 7 }

func main() {
	depth, _ := strconv.Atoi(os.Args[1])
	rounds, _ := strconv.Atoi(os.Args[2])
	done := make(chan int)
	sum := 0
	for i := 0; i < rounds; i++ {
		go func() { done <- deep(depth) }()
		sum += <-done
	}
	sum += busy(rounds)
	fmt.Println("deep called", called, "times; step called", rounds, "times; sum", sum)
}
