#include <cstdio>
#include <iostream>
#include <string>
#include <dlfcn.h>
// opens the library of each path that it reads, and calls its reserve()
int main() {
  setvbuf(stdout, nullptr, _IOLBF, 0);
  puts("ready");
  for (std::string path; std::getline(std::cin, path);) {
    void *library = dlopen(path.c_str(), RTLD_NOW);
    auto reserve = reinterpret_cast<int (*)(int)>(library ? dlsym(library, "reserve") : nullptr);
    printf("did %d\n", reserve ? reserve(7) : -1);
  }
}
