package io.weir.http.oidc;

import io.weir.http.access.Caller;
import java.util.Optional;

/**
 * Somebody with a right token.
 *
 * @param caller empty if the token names no role that is known here
 */
public record TokenOwner(Optional<Caller> caller) {}
