/** Tests of the service. */
@NullMarked
package io.weir.scoring;

import org.jspecify.annotations.NullMarked;
