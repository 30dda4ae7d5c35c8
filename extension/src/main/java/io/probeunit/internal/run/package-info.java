/** What all tests of a run share, and how it is put together. */
@NullMarked
package io.probeunit.internal.run;

import org.jspecify.annotations.NullMarked;
