// What debug information of C++ has to say of parameters; DebugInformationTest knows it.
#include <cstdio>
#include <string>

#define KEPT __attribute__((noipa))

namespace shop {
enum class Size : unsigned char { SMALL, LARGE };

struct Base {
    int weight;
};

class Cart : public Base {
public:
    int count = 0;
    KEPT int add(int number, const std::string &name, Size size);
    KEPT static int total(long amount);
    virtual ~Cart() {}
};

int Cart::add(int number, const std::string &name, Size size) {
    return count += number + (int) name.size() + (int) size;
}

int Cart::total(long amount) {
    return (int) amount;
}

// A constructor of a class with a virtual base has parameters that only the compiler sees.
struct Virtual : virtual Base {
    const char *name;
    int number;
    Virtual(const char *name, int number);
};

Virtual::Virtual(const char *name, int number) : name(name), number(number) {}

template <typename T> KEPT T twice(T value) {
    return value + value;
}
}

int main(int count, char **) {
    shop::Cart cart;
    shop::Virtual derived("apples", count);
    struct : shop::Virtual {
        using shop::Virtual::Virtual;
    } further{"pears", count};
    return cart.add(count, "apples", shop::Size::LARGE) + shop::Cart::total(count) + shop::twice<short>(count);
}
