package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.EngineContract;
import io.probeunit.internal.engine.EngineProvider;

class StapEngineTest extends EngineContract {

    @Override
    protected EngineProvider provider() {
        return new StapEngineProvider();
    }
}
