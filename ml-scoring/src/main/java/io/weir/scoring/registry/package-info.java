/** Sources of models, and the change of a running service to a newer model. */
@NullMarked
package io.weir.scoring.registry;

import org.jspecify.annotations.NullMarked;
