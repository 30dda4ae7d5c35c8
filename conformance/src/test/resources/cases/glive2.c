#include <sys/sdt.h>
#include <stdio.h>
/* what a discarded note leads to here is code without nops */
__attribute__((noinline)) int live(int x) { __asm__ volatile(".rept 0x500\n addl $1, %0\n .endr" : "+r"(x)); STAP_PROBE1(p, both, x); return x; }
int main(void) { int s = 0; for (int i = 0; i < 4; i++) s += live(i); printf("both 4 times, dead never: %d\n", s); }
