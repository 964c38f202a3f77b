/** What strangers may send: inputs with their right outcome, and producers that send records. */
@NullMarked
package io.weir.testkit.hostile;

import org.jspecify.annotations.NullMarked;
