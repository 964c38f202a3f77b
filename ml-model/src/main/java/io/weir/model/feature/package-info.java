/**
 * The features of a session, for the trainer, the topic and REST alike. Pure, except that it reads
 * the contract's session record in place: a copy per session would explain nothing.
 */
@NullMarked
package io.weir.model.feature;

import org.jspecify.annotations.NullMarked;
