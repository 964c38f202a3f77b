/** Why a session has its score: the features that moved it most. */
@NullMarked
package io.weir.scoring.reason;

import org.jspecify.annotations.NullMarked;
