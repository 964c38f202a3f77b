/** The rights to ask a service: API keys, roles, and the settings that say so. */
@NullMarked
package io.weir.http.access;

import org.jspecify.annotations.NullMarked;
