@NullMarked
package io.weir.simulator.publish;

import org.jspecify.annotations.NullMarked;
