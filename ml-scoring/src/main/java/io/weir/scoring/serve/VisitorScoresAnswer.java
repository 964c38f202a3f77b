package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** The scores of visitors' open sessions in the order of the request. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record VisitorScoresAnswer(List<VisitorScore> scores) {}
