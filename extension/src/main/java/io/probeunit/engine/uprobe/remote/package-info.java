/** The built-in engine on another host: a small program of ours that runs there does what the engine does here. */
@NullMarked
package io.probeunit.engine.uprobe.remote;

import org.jspecify.annotations.NullMarked;
