/** What every engine offers: preflight, sessions, barriers; and from names in a plan to probe points in binaries. */
@NullMarked
package io.probeunit.internal.engine;

import org.jspecify.annotations.NullMarked;
