/* No Go program, but one that carries the mark of Go's linker, and a function with a name of Go's. */
__attribute__((section(".note.go.buildid"), used)) static const char note[] = "Go";

int reserve(int n) __asm__("main.reserve");

__attribute__((noipa)) int reserve(int n) { return n; }

int main(void) { return reserve(0); }
