int half(int (*called)(int), int n) {
    int result = called(n);
    return result + n;
}
