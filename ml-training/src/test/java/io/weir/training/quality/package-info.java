@NullMarked
package io.weir.training.quality;

import org.jspecify.annotations.NullMarked;
