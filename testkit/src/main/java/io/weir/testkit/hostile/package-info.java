/** Inputs that strangers may send, with their right outcome, and producers that send them. */
@NullMarked
package io.weir.testkit.hostile;

import org.jspecify.annotations.NullMarked;
