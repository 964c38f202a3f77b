/**
 * Tree ensembles and the file format they come in. Pure; parses bytes with Jackson and opens no
 * file.
 */
@NullMarked
package io.weir.scoring.model;

import org.jspecify.annotations.NullMarked;
