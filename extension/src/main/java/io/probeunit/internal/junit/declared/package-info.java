/** What annotations and fields of tests declare: where annotations count, what they ask for, which containers they mean. */
@NullMarked
package io.probeunit.internal.junit.declared;

import org.jspecify.annotations.NullMarked;
