/** Tests of sessions as training rows. */
@NullMarked
package io.weir.training.session;

import org.jspecify.annotations.NullMarked;
