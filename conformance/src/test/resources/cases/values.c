/* Parameters and return values that the registers for integers do not show by their numbers. */
#include <stdio.h>
#include <stdlib.h>
struct three { long a, b, c; };
#ifdef __clang__
#define APART __attribute__((noinline))
#else
#define APART __attribute__((noipa))
#endif
APART int noted(double amount, int id) { return printf("noted %.1f %d\n", amount, id); }
APART double half(int id) { return id / 2.0; }
APART int longer(long double amount, int id) { return id + (int)amount; }
APART int large(struct three t, int id) { return id + (int)t.b; }
APART struct three made(int id) { puts("made"); return (struct three){id, 2, 3}; }
APART int unused(int kind, int id) { return printf("unused %d\n", id); }
APART int plain(int a, const char *name, long n) { return printf("plain %d %s %ld\n", a, name, n); }
int main(int c, char **v) {
  int id = atoi(v[1]);
  int sum = noted(2.5, id) + (int)half(id) + longer(1.5L, id) + large((struct three){1, 2, 3}, id) + (int)made(id).a
      + unused(3, id) + plain(id, "seven", -id);
  printf("end %d\n", sum);
}
