/**
 * The immutable model of what a test asks for: probe points, captures, conditions and expectations.
 *
 * <p>Everything in this package is checked text: once an object exists, the strings inside it follow the rules that its
 * class documents, so that no later stage needs to look at annotation text again.
 */
@NullMarked
package io.probeunit.internal.plan;

import org.jspecify.annotations.NullMarked;
