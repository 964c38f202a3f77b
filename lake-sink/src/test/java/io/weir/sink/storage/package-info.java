/** Places for the tables other than a local folder, and the checks that each place must pass. */
@NullMarked
package io.weir.sink.storage;

import org.jspecify.annotations.NullMarked;
