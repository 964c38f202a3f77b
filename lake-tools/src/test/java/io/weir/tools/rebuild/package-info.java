@NullMarked
package io.weir.tools.rebuild;

import org.jspecify.annotations.NullMarked;
