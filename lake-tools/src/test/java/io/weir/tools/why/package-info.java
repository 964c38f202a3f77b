@NullMarked
package io.weir.tools.why;

import org.jspecify.annotations.NullMarked;
