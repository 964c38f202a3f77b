@NullMarked
package io.weir.training;

import org.jspecify.annotations.NullMarked;
