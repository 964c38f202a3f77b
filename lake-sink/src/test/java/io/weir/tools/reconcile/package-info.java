@NullMarked
package io.weir.tools.reconcile;

import org.jspecify.annotations.NullMarked;
