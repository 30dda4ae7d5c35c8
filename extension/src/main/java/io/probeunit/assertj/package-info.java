/** AssertJ assertions on recordings. Each asks a live recording anew, so that they work inside Awaitility. */
@NullMarked
package io.probeunit.assertj;

import org.jspecify.annotations.NullMarked;
