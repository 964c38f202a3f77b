@NullMarked
package io.weir.tools.funnel;

import org.jspecify.annotations.NullMarked;
