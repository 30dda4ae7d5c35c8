#include <sys/sdt.h>
#include <stdio.h>
#include <stdlib.h>
#if defined(__clang__) || !defined(INTEL)
__attribute__((noinline)) void mixed(long a, long b, long c) {
  __asm__ __volatile__(STAP_PROBE_ASM(n, mixed, 8@%%rax %%rdx 8@%%rcx) : : "a"(a), "d"(b), "c"(c));
}
#else
void mixed(long a, long b, long c) { }
#endif
__attribute__((noinline)) void counts(int a, int b) { if (a > 2) { DTRACE_PROBE1(n, counts, a); } else { DTRACE_PROBE2(n, counts, a, b); } }
__attribute__((noinline)) void intel(long a) { DTRACE_PROBE1(n, reg, a); }
int main(int c, char **v) { long a = atol(v[1]); mixed(a, a + 1, a + 2); counts(a, 2); counts(1, 2); intel(a); printf("did mixed %ld %ld %ld\n", a, a + 1, a + 2); }
