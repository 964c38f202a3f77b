/**
 * Tests of the service's wiring, and tests that span the whole service.
 *
 * <p>These tests run {@code SinkService} or {@code Main} with all loops, so no other package is
 * theirs: {@code LakeSinkIT}, {@code DatabaseDownIT}, {@code ObjectStoreFaultsIT}, {@code
 * SurroundingsIT}, {@code LatencyIT}, {@code SmallHeapIT} and {@code StopIT}. {@code
 * SinkConfigTest} tests the settings, and {@code ArchitectureTest} all packages. The fixtures
 * {@code Lake}, {@code TestSink}, {@code Answers} and {@code KnownSettings} use the service's
 * package-private wiring; {@code Servers} gives each test its {@code Lake}.
 */
@NullMarked
package io.weir.sink;

import org.jspecify.annotations.NullMarked;
