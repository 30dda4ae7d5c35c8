package main

import (
	"fmt"
	"os"
	"strconv"
)

type Cart struct{ total int }

//go:noinline
func (c *Cart) Add(n int) { c.total += n }

//go:noinline
func reserve(n int) int { return n + 1 }

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	cart := &Cart{}
	s := 0
	for i := 0; i < n; i++ {
		cart.Add(i)
		s += reserve(i)
		s += reserve(i)
	}
	_ = s
	fmt.Printf("OK add=%d reserve=%d\n", n, 2*n)
}
