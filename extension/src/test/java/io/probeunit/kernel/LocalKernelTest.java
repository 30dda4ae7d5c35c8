package io.probeunit.kernel;

class LocalKernelTest extends KernelContract {

    private final Kernel kernel = new LocalKernel();

    @Override
    Kernel kernel() {
        return kernel;
    }
}
