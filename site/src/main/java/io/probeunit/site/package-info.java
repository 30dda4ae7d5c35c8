/** Static HTML of the pages. */
@NullMarked
package io.probeunit.site;

import org.jspecify.annotations.NullMarked;
