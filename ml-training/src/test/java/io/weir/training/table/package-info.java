@NullMarked
package io.weir.training.table;

import org.jspecify.annotations.NullMarked;
