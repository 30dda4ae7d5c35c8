/** The sessions that tests share, from arming to removal, and the turns in which tests watch a target. */
@NullMarked
package io.probeunit.internal.sessions;

import org.jspecify.annotations.NullMarked;
