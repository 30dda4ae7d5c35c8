/**
 * Lines of text between two of our processes: values that are records, as words of a line; questions with answers, and
 * messages in between.
 *
 * <p>Both sides run the same classes, so nothing here knows versions.
 */
@NullMarked
package io.probeunit.host.wire;

import org.jspecify.annotations.NullMarked;
