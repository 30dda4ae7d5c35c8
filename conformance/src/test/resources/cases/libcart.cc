// A class in a library: the destructor that frees calls the other one through the procedure linkage table.
#include <cstdio>
#include "libcart.h"
Cart::~Cart() { std::printf("emptied\n"); }
void drop(Cart *cart) { delete cart; }
