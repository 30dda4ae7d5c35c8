/** Lines about work that takes long, for whoever waits. */
@NullMarked
package io.probeunit.internal.progress;

import org.jspecify.annotations.NullMarked;
