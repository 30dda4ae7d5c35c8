#include <cstdio>
#include <cstdlib>
struct Big { long a, b, c; };
struct Cart { int n = 0; void add(int id, int count); };
namespace shop { __attribute__((noipa, noinline)) int reserve(int id, int count) { return id - count; } }
__attribute__((noipa, noinline)) void Cart::add(int id, int count) { n += id * count; }
__attribute__((noipa, noinline)) int pay(double amount, int id) { return id + (int)amount; }
__attribute__((noipa, noinline)) long two(void *p, __int128 w, int id) { return id + (long)w + !!p; }
__attribute__((noipa, noinline)) long byval(Big b, int id) { return b.a + id; }
__attribute__((noipa, noinline)) long mixed(float a, const char *s, double b, long c, long double d, short e) { return *s + c + e + (long)(a + b + d); }
int main(int c, char **v) {
  int id = atoi(v[1]); Cart cart; cart.add(id, 2);
  printf("pay %d two %ld byval %ld mixed %ld add %d reserve %d\n", pay(2.5, id), two(v, 5, id), byval({1, 2, 3}, id), mixed(1, v[1], 2, id, 3, 9), cart.n, shop::reserve(id, 2));
}
