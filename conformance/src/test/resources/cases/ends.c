/* A program that ends as it is told: abort, segv, kill, term, or by itself. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
__attribute__((noipa)) int step(int n) { return n + 1; }
__attribute__((noipa)) int last_step(const char *how) {
  if (!strcmp(how, "abort")) abort();
  if (!strcmp(how, "segv")) *(volatile int *)0 = 1;
  if (!strcmp(how, "kill")) kill(getpid(), SIGKILL);
  if (!strcmp(how, "term")) kill(getpid(), SIGTERM);
  return 3;
}
int main(int c, char **v) {
  int n = 0;
  for (int i = 0; i < 5; i++) n = step(n);
  printf("step called %d times\n", n);
  fflush(stdout);
  return c > 1 && last_step(v[1]) == 3 ? 0 : 1;
}
