@NullMarked
package io.weir.contract;

import org.jspecify.annotations.NullMarked;
