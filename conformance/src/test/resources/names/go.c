/* No Go program, but one that carries the mark of Go's linker: enough to be refused. */
__attribute__((section(".note.go.buildid"), used)) static const char note[] = "Go";

__attribute__((noipa)) int reserve(int n) { return n; }

int main(void) { return reserve(0); }
