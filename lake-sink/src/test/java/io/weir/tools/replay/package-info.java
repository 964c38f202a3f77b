@NullMarked
package io.weir.tools.replay;

import org.jspecify.annotations.NullMarked;
