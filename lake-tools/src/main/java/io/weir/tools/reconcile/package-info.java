/** The command {@code reconcile}: gold's figures against an independent SQL over the lake. */
@NullMarked
package io.weir.tools.reconcile;

import org.jspecify.annotations.NullMarked;
