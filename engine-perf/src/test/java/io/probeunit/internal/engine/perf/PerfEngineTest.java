package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.EngineContract;
import io.probeunit.internal.engine.EngineProvider;

class PerfEngineTest extends EngineContract {

    @Override
    protected EngineProvider provider() {
        return new PerfEngineProvider();
    }
}
