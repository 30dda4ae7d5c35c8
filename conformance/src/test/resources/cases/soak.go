package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

//go:noinline
func use(b *[16384]byte, n int) byte { return b[n&16383] }

//go:noinline
func work(n int) byte { var b [16384]byte; b[n&16383] = 1; return use(&b, n) }

//go:noinline
func reserve(id int, kind int32) int { return id*2 + int(kind) }

func do(word string) {
	verb, text, _ := strings.Cut(word, ":")
	n, _ := strconv.Atoi(text)
	switch verb {
	case "work": // on a small stack, which must grow
		done := make(chan byte)
		fmt.Println("work", n)
		go func() { done <- work(n) }()
		<-done
	case "reserve":
		fmt.Println("reserve", n)
		reserve(n, 3)
	default:
		os.Exit(6)
	}
}

func main() {
	for _, word := range os.Args[1:] {
		do(word)
	}
	if len(os.Args) > 1 {
		return
	}
	fmt.Println("ready 0")
	for s := bufio.NewScanner(os.Stdin); s.Scan(); {
		for _, word := range strings.Fields(s.Text()) {
			do(word)
		}
		fmt.Println("did 0")
	}
}
