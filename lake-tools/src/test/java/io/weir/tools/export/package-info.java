@NullMarked
package io.weir.tools.export;

import org.jspecify.annotations.NullMarked;
