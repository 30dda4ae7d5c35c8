package io.probeunit.internal.kernel;

class LocalKernelTest extends KernelContract {

    private final Kernel kernel = new LocalKernel();

    @Override
    Kernel kernel() {
        return kernel;
    }
}
