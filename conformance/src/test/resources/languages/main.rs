/// The optimizer must not know what comes of it.
fn keep(n: u64) -> u64 {
    unsafe { std::ptr::read_volatile(&n) }
}

mod shop {
    pub struct Cart { pub total: u64 }
    impl Cart {
        #[inline(never)]
        pub fn add(&mut self, n: u64) { self.total = crate::keep(self.total + n); }
    }
    #[inline(never)]
    pub fn reserve(n: u64) -> u64 { crate::keep(n + 1) }
}

fn main() {
    let n: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut cart = shop::Cart { total: 0 };
    let mut s = 0;
    for i in 0..n {
        cart.add(i);
        s += shop::reserve(i) + shop::reserve(i);
    }
    keep(s);
    println!("OK add={} reserve={}", n, 2 * n);
}
