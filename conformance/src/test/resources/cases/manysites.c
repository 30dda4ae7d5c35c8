/* A mark at 70 sites that keep its argument in 70 places, and one at three sites with two texts in three places. */
#define STAP_SDT_ARG_CONSTRAINT m
#include <stdio.h>
#include <sys/sdt.h>
static volatile long sum;
#define ONE(N) DTRACE_PROBE1(many, site, a[N]); sum += a[N];
#define TEN(N) ONE(N##0) ONE(N##1) ONE(N##2) ONE(N##3) ONE(N##4) ONE(N##5) ONE(N##6) ONE(N##7) ONE(N##8) ONE(N##9)
__attribute__((noipa)) static void numbers(volatile long *from) {
  volatile long a[70];
  for (int i = 0; i < 70; i++) a[i] = from[i];
  ONE(0) ONE(1) ONE(2) ONE(3) ONE(4) ONE(5) ONE(6) ONE(7) ONE(8) ONE(9) TEN(1) TEN(2) TEN(3) TEN(4) TEN(5) TEN(6)
}
__attribute__((noipa)) static void texts(const char *volatile *from) {
  const char *volatile t[4];
  for (int i = 0; i < 4; i++) t[i] = from[i];
  DTRACE_PROBE2(many, pair, t[0], t[1]);
  DTRACE_PROBE2(many, pair, t[1], t[2]);
  DTRACE_PROBE2(many, pair, t[2], t[3]);
}
int main(void) {
  volatile long from[70];
  /* on the stack, which is surely in memory */
  char text[4][8] = {"one", "two", "three", "four"};
  const char *volatile words[4] = {text[0], text[1], text[2], text[3]};
  for (int i = 0; i < 70; i++) from[i] = 1000 + i;
  numbers(from);
  texts(words);
  printf("passed 70 sites with 1000 to 1069, sum %ld\n", sum);
}
