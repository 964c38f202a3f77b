/** What a training leaves behind: the model, how to use it, and the report. */
@NullMarked
package io.weir.training.artifact;

import org.jspecify.annotations.NullMarked;
