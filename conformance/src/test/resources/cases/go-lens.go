package main

import "fmt"

type list[T any] struct{ items []T }

//go:noinline
func (l list[T]) Len() int { return len(l.items) }

type sized interface{ Len() int }

//go:noinline
func ask(s sized) int { return s.Len() }

func main() {
	ints, texts := list[int]{[]int{1, 2}}, list[string]{}
	n := ints.Len() + ints.Len() + texts.Len()
	fmt.Println("Len called 4 times, 3 of them of list[int]:", n+ask(ints))
}
