@NullMarked
package io.weir.training.returning;

import org.jspecify.annotations.NullMarked;
