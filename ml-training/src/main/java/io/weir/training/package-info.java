/** The command line that trains a model on a table. */
@NullMarked
package io.weir.training;

import org.jspecify.annotations.NullMarked;
