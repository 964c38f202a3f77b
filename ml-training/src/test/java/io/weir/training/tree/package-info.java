@NullMarked
package io.weir.training.tree;

import org.jspecify.annotations.NullMarked;
