/** What a model's training data looked like, and how far recent data are from it. */
@NullMarked
package io.weir.training.drift;

import org.jspecify.annotations.NullMarked;
