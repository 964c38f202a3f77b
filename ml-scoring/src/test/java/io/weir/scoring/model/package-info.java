/** Tests of model. */
@NullMarked
package io.weir.scoring.model;

import org.jspecify.annotations.NullMarked;
