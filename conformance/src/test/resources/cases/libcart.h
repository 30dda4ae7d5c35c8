struct Cart {
  __attribute__((noinline)) virtual ~Cart();
};
void drop(Cart *cart);
