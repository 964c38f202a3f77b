@NullMarked
package io.weir.tools.erase;

import org.jspecify.annotations.NullMarked;
