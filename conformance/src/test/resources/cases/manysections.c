#include <stdio.h>
void f65999(void);
__attribute__((noinline)) int late(int n) { return n + 1; }
int main(int c, char **v) { int s = 0; for (int i = 0; i < 3; i++) s += late(c + i); f65999(); f65999(); printf("did late 3 last 2 (%d)\n", s); }
