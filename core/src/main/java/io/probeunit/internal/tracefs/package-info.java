/**
 * The kernel's uprobe events: making them, listing those of all tools, counting their firings by cgroup, and removing
 * those of dead runs, which it recognises by their names. For engines whose probes are such events.
 */
@NullMarked
package io.probeunit.internal.tracefs;

import org.jspecify.annotations.NullMarked;
