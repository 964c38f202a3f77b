@NullMarked
package io.weir.simulator.fault;

import org.jspecify.annotations.NullMarked;
