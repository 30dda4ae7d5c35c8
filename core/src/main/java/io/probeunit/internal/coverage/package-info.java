/** Which points fired in which tests: what a class expects of that, and the report of a run. */
@NullMarked
package io.probeunit.internal.coverage;

import org.jspecify.annotations.NullMarked;
