@NullMarked
package io.weir.training.click;

import org.jspecify.annotations.NullMarked;
