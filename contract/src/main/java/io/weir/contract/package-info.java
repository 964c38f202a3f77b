/**
 * What crosses a process boundary and nothing more: topics, records and their bytes, settings,
 * reasons for refusal.
 */
@NullMarked
package io.weir.contract;

import org.jspecify.annotations.NullMarked;
