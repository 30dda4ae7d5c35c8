#define KEPT __attribute__((noipa))

static KEPT int hidden(int (*called)(int), int n) {
    int result = called(n);
    return result + n;
}

int through(int (*called)(int), int n) {
    int result = hidden(called, n);
    return result + 1;
}
