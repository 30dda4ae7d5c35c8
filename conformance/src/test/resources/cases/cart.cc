// Two carts are deleted, one is not.
#include "libcart.h"
int main() {
  drop(new Cart);
  drop(new Cart);
  Cart cart;
}
