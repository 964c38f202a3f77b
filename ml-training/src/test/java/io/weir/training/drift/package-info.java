@NullMarked
package io.weir.training.drift;

import org.jspecify.annotations.NullMarked;
