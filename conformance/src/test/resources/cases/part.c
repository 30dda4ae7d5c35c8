#include <stdio.h>
#include <stdlib.h>
static volatile int sink; static int total;
static void reserve(int id) {
  if (id == 0) return;
  for (int i = 0; i < id; i++) { sink += i; total += sink % 7; printf("%d ", total); }
  printf("reserved %d\n", id); sink = total; total ^= id; printf("%d\n", total);
}
__attribute__((noinline)) void one(int id) { reserve(id); }
__attribute__((noinline)) void other(int id) { reserve(id); puts("other"); }
int main(int c, char **v) { one(atoi(v[1])); other(atoi(v[1])); other(atoi(v[1]) + 1); }
