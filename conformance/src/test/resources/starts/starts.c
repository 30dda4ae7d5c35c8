/* Calls step() so many times at once, then stays or ends. The count is its own answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FUNCTION __attribute__((noinline, noipa))

FUNCTION int step(int n) { return n * 3 + 1; }
FUNCTION int rare(int n) { return n - 1; }
FUNCTION int other(int n) { return n + 1; }

int main(int count, char **arguments) {
  int calls = count > 1 ? atoi(arguments[1]) : 1000;
  int sum = 0;
  for (int i = 0; i < calls; i++) {
    sum += step(i);
  }
  if (count > 3) {
    sum += rare(sum);
  }
  printf("%d calls, %d\n", calls, other(sum) != 0);
  fflush(stdout);
  while (count > 2 && strcmp(arguments[2], "stay") == 0) {
    pause();
  }
  return 0;
}
