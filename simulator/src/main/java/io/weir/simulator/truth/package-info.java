/** The ground truth of the sent traffic. Pure. */
@NullMarked
package io.weir.simulator.truth;

import org.jspecify.annotations.NullMarked;
