#include <cstdio>
#include <cstdlib>
namespace shop { template <class T> struct Box { T v; __attribute__((noinline)) T get(T d) { return v ? v * 3 : d; } };
struct Cart { __attribute__((noinline)) ~Cart(); long a; }; struct Order { __attribute__((noinline)) ~Order(); long a; };
Cart::~Cart() { printf("x\n"); a = 0; } Order::~Order() { printf("x\n"); a = 0; } }
int main(int c, char **v) { int n = atoi(v[1]), m = atoi(v[2]); long s = 0; shop::Box<int> i{n}; shop::Box<unsigned> u{(unsigned) m}; for (int k = 0; k < n; k++) { s += i.get(k); shop::Cart x; } for (int k = 0; k < m; k++) { s += u.get(k); shop::Order y; } printf("did int %d unsigned %d %ld\n", n, m, s); }
