/**
 * AssertJ assertions on recordings and marks. Each assertion asks a live recording again, so Awaitility can repeat it
 * until it holds.
 */
@NullMarked
package io.probeunit.assertj;

import org.jspecify.annotations.NullMarked;
