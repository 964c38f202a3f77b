/** The lake as others read it; on nobody's class path but Spark's. */
package io.weir.sink.spark;
