/**
 * The features that the model reads from a session. Pure, except that it reads the contract's
 * session record in place: a copy per session would explain nothing.
 */
@NullMarked
package io.weir.scoring.feature;

import org.jspecify.annotations.NullMarked;
