__attribute__((noipa)) long lib_work(long v) { return v + PLUS; }
