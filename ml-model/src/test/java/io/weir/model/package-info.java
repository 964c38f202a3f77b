/** Tests of the whole module. */
@NullMarked
package io.weir.model;

import org.jspecify.annotations.NullMarked;
