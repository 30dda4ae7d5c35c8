/* A library that is linked at an address with the highest bit set, and a program that calls it. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/sdt.h>
int reserve(int article, const char *who);
#ifdef LIBRARY
__attribute__((noipa)) int reserve(int article, const char *who) {
  DTRACE_PROBE2(high, reserved, article, who);
  return article + 1;
}
#else
int main(int c, char **v) {
  int n = c > 1 ? atoi(v[1]) : 1;
  char who[] = "high"; /* on the stack, which is surely in memory */
  for (int i = 0; i < n; i++) reserve(i, who);
  printf("reserve called %d times\n", n);
}
#endif
