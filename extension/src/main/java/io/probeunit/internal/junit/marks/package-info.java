/** What {@code @ExpectMarks} needs: the marks that a binary of a container carries. */
@NullMarked
package io.probeunit.internal.junit.marks;

import org.jspecify.annotations.NullMarked;
