// Parameters that stand behind what is returned by value.
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
int main(int, char **v) {
  int id = std::atoi(v[1]), sum = 0;
  take(-id);
  sum += first(sum, id) + row(id)[0];
  std::printf("end %s %d\n", label(id).c_str(), sum);
}
