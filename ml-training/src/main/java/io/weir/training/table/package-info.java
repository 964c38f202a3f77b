/** Tables of text: their columns, kinds, parts and the numbers that a model sees. */
@NullMarked
package io.weir.training.table;

import org.jspecify.annotations.NullMarked;
