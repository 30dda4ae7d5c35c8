#include <cstdio>
#include <string>
#include <vector>

#define KEPT __attribute__((noipa))

volatile int sink;

KEPT int work(int n) {
    sink = sink + n;
    return sink;
}

namespace shop {

template <typename T> KEPT int priced(const T &what) {
    int result = work(static_cast<int>(what.size()));
    return result + sink;
}

class Cart {
    std::vector<std::string> items;

public:
    KEPT int add(const std::string &item) {
        items.push_back(item);
        int result = priced(items);
        return result + sink;
    }

    KEPT ~Cart() {
        sink = sink + work(2);
    }
};

} // namespace shop

int main() {
    {
        shop::Cart cart;
        sink = sink + cart.add("plum");
    }
    std::puts("did cart");
    return 0;
}
