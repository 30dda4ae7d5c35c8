// Parameters that stand behind what is returned by value; a destructor that another kind of itself calls.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
#ifdef __clang__
#define APART __attribute__((noinline))
#else
#define APART __attribute__((noipa))
#endif
APART std::string label(int id) { return "id " + std::to_string(id); }
APART std::vector<int> row(int id) { return {id}; }
APART int take(int v) { return std::printf("take %d\n", v); }
APART int &first(int &v, int by) { v += by; return v; }
struct Cart {
  int n = 0;
  APART virtual ~Cart() { std::printf("emptied %d\n", n); }
};
APART void drop(Cart *cart) { delete cart; }
int main(int, char **v) {
  int id = std::atoi(v[1]), sum = 0;
  take(-id);
  drop(new Cart);
  { Cart cart; }
  sum += first(sum, id) + row(id)[0];
  std::printf("end %s %d\n", label(id).c_str(), sum);
}
