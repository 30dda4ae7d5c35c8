/**
 * The immutable model of what a test asks for: probe points, captures, conditions and expectations.
 *
 * <p>Text is checked when an object is made: its strings follow the rules that its class documents. So no later stage
 * needs to check the text of annotations again.
 */
@NullMarked
package io.probeunit.internal.plan;

import org.jspecify.annotations.NullMarked;
