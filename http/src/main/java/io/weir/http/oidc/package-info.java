/**
 * Tokens of an OpenID Connect provider: who is let in by one, and how people of the page get one.
 */
@NullMarked
package io.weir.http.oidc;

import org.jspecify.annotations.NullMarked;
