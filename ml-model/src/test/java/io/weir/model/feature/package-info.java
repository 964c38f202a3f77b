/** Tests of the features. */
@NullMarked
package io.weir.model.feature;

import org.jspecify.annotations.NullMarked;
