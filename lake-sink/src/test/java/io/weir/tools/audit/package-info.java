@NullMarked
package io.weir.tools.audit;

import org.jspecify.annotations.NullMarked;
