@NullMarked
package io.weir.simulator.json;

import org.jspecify.annotations.NullMarked;
