/** The HTTP edge that all services share: the server, the ops endpoints, the form of errors. */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
