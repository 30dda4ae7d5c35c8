#include <stdio.h>
#include <stdlib.h>
#include <string.h>
char *volatile kept;
#ifdef OWN
static char pool[1 << 20];
static size_t used;
__attribute__((noinline)) void *malloc(size_t n) { void *at = pool + used; used += (n + 15) / 16 * 16; return at; }
void free(void *at) { (void) at; }
#endif
__attribute__((noinline, used)) int seldom(int n) { return 2 * n; }
int main(int c, char **v) {
  char line[99];
  int sum = 0;
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("ready\n");
  while (fgets(line, sizeof line, stdin)) {
    kept = malloc(strlen(line) + c);
    strcpy(kept, line);
    if (kept[0] == '?') sum += seldom(c);
    free(kept);
    printf("did\n");
  }
  return sum;
}
