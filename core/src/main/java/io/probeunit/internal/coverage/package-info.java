/** Which points fired in which tests: what a class expects of its tests, and the report of a run. */
@NullMarked
package io.probeunit.internal.coverage;

import org.jspecify.annotations.NullMarked;
