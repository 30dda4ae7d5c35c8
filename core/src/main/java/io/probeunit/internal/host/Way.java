package io.probeunit.internal.host;

import java.util.Optional;

/**
 * How far names lead below a folder, one below the other, where no link is followed.
 *
 * @param passed names that are there and no links
 * @param link the text of the link that the name behind these is; empty if it is none, or if there is nothing of that name
 */
public record Way(int passed, Optional<String> link) {}
