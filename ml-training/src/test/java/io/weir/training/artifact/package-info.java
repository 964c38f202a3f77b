@NullMarked
package io.weir.training.artifact;

import org.jspecify.annotations.NullMarked;
