/** The files for BI tools against the real schema. */
@NullMarked
package io.weir.sink.bi;

import org.jspecify.annotations.NullMarked;
