@NullMarked
package io.weir.tools.terminal;

import org.jspecify.annotations.NullMarked;
