package io.weir.training.drift;

import io.weir.training.quality.PairedQuality;
import io.weir.training.session.ModelVersion;

/** A champion and a challenger on the sessions that both scored. */
public record ModelComparison(
    ModelVersion champion, ModelVersion challenger, PairedQuality quality) {}
