@NullMarked
package io.weir.process;

import org.jspecify.annotations.NullMarked;
