/**
 * The HTTP edge: controllers, parameters and problems. No other package of query knows Micronaut.
 */
@NullMarked
package io.weir.stream.query.http;

import org.jspecify.annotations.NullMarked;
