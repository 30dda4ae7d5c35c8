/* Two functions that call each other: the returns of both are on one stack. */
#include <stdio.h>
#include <stdlib.h>
int odd_steps(int n);
__attribute__((noipa)) int even_steps(int n) { int r = n == 0 ? 1 : odd_steps(n - 1); __asm__ volatile(""); return r; }
__attribute__((noipa)) int odd_steps(int n) { int r = n == 0 ? 0 : even_steps(n - 1); __asm__ volatile(""); return r; }
int main(int c, char **v) {
  int depth = atoi(v[1]), times = atoi(v[2]), even = 0;
  for (int i = 0; i < times; i++) even = even_steps(depth);
  printf("%d calls nested %d times: %d\n", depth + 1, times, even);
  return 0;
}
