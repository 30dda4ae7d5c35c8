/** The engine that records with the tool perf: uprobe events of tracefs, two perf processes that use them, clean-up. */
@NullMarked
package io.probeunit.internal.engine.perf;

import org.jspecify.annotations.NullMarked;
