@NullMarked
package io.weir.simulator.truth;

import org.jspecify.annotations.NullMarked;
