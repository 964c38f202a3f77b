package io.weir.scoring.serve;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for inference.
 *
 * @param id to be repeated in the answer
 * @param outputs the names of the outputs that are asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
record InferenceRequest(@Nullable String id, float[][] vectors, Set<String> outputs) {}
