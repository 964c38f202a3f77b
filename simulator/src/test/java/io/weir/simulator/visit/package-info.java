@NullMarked
package io.weir.simulator.visit;

import org.jspecify.annotations.NullMarked;
