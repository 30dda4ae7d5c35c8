package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineContract;
import io.probeunit.internal.engine.EngineProvider;

class UprobeEngineTest extends EngineContract {

    @Override
    protected EngineProvider provider() {
        return new UprobeEngineProvider();
    }
}
