#include <stdio.h>
#include <stdlib.h>
/* calls of itself that become jumps, with the compiler's own names for what was called */
#ifdef __clang__
#define KEPT __attribute__((noinline))
#else
#define KEPT __attribute__((noipa))
#endif
struct tree { struct tree *left, *right; int v; };
KEPT struct tree *leftmost(struct tree *t) { return t->left ? leftmost(t->left) : t; }
KEPT unsigned gcd(unsigned a, unsigned b) { return b ? gcd(b, a % b) : a; }
KEPT int bits(unsigned n) { int c = 0; while (n) { c += n & 1; n >>= 1; } return c; }
/* recursion that stays: each is a call */
KEPT int height(struct tree *t) { if (!t) return 0; int r = height(t->left) + 1; __asm__ volatile(""); return r; }
int main(int c, char **v) {
  int n = atoi(v[1]), calls = atoi(v[2]); struct tree *t = calloc(n + 1, sizeof *t);
  for (int i = 0; i < n - 1; i++) t[i].left = t + i + 1;
  unsigned g = 0; int b = 0;
  for (int i = 0; i < calls; i++) { leftmost(t); g += gcd(21, 13); b += bits(255); }
  printf("leftmost, gcd, bits called %d times each; height called %d times: %d\n", calls, n + 1, height(t)); return g + b < 0;
}
