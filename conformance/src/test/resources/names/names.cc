/*
 * Functions with the names that C++ gives. Does everything as often as it is told, and prints how often each ran:
 * names N
 */
#include <cstdio>
#include <cstdlib>
#include <string>

#define STAYS __attribute__((noipa))

static long sink;

namespace count {
static long add_int, add_string, scale, cart, destroyed, base, middle, twice_int, twice_long, hidden;
}

namespace shop {

struct Cart {
    STAYS Cart();
    STAYS virtual ~Cart();
    STAYS void add(int n);
    STAYS void add(const std::string &name, int n);
    STAYS Cart &operator*=(int n);
};

Cart::Cart() { count::cart++; }
Cart::~Cart() { count::destroyed++; }
void Cart::add(int n) { count::add_int++; sink += n; }
void Cart::add(const std::string &name, int n) { count::add_string++; sink += n + name.size(); }
Cart &Cart::operator*=(int n) { count::scale++; sink *= n; return *this; }

/* Has one constructor for objects of its own, and another for the parts of others. */
struct Base {
    long n;
    STAYS Base();
};
struct Middle : virtual Base {
    STAYS Middle();
};
struct Leaf : Middle {
    long m = 0;
};
Base::Base() : n(0) { count::base++; }
Middle::Middle() { count::middle++; }

template <class T> STAYS T twice(T n) {
    (sizeof(T) == 4 ? count::twice_int : count::twice_long)++;
    return 2 * n;
}

namespace {
STAYS void hidden(int n) { count::hidden++; sink += n; }
} // namespace

} // namespace shop

int main(int, char **words) {
    int n = atoi(words[1]);
    for (int i = 0; i < n; i++) {
        shop::Cart cart;
        cart.add(i);
        cart.add("name", i);
        cart.add("another", i);
        cart *= 2;
        shop::Middle middle;
        shop::Leaf leaf;
        sink += middle.n + leaf.m;
        sink += shop::twice(i) + shop::twice((long)i) + shop::twice((long)i);
        shop::hidden(i);
    }
    printf("OK add_int=%ld add_string=%ld scale=%ld cart=%ld destroyed=%ld base=%ld middle=%ld twice_int=%ld "
           "twice_long=%ld hidden=%ld\n",
           count::add_int, count::add_string, count::scale, count::cart, count::destroyed, count::base, count::middle,
           count::twice_int, count::twice_long, count::hidden);
    return sink == 42;
}
