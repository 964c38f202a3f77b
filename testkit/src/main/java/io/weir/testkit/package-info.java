/** Real servers and small builders for the tests of every module. */
@NullMarked
package io.weir.testkit;

import org.jspecify.annotations.NullMarked;
