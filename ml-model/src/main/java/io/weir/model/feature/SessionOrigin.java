package io.weir.model.feature;

import org.jspecify.annotations.Nullable;

/**
 * Where a session came from, in the words that the features know. Texts of producers have any
 * length; these words do not.
 */
record SessionOrigin(@Nullable String referrerClass, @Nullable String campaignMedium) {
  static final SessionOrigin UNKNOWN = new SessionOrigin(null, null);

  /** The origin that the first event of a session names. */
  static SessionOrigin of(VisitorEvent first) {
    // A campaign without a medium is missing.
    String medium = first.campaignMedium();
    return new SessionOrigin(
        known(ClickFeature.REFERRER_CLASS, first.referrerClass()),
        known(
            ClickFeature.CAMPAIGN_MEDIUM,
            medium == null && !first.hasCampaign() ? "none" : medium));
  }

  /** The origin with these numbers; negative stands for missing. */
  static SessionOrigin ofNumbers(int referrerClass, int campaignMedium) {
    return new SessionOrigin(
        word(ClickFeature.REFERRER_CLASS, referrerClass),
        word(ClickFeature.CAMPAIGN_MEDIUM, campaignMedium));
  }

  int referrerClassNumber() {
    return number(ClickFeature.REFERRER_CLASS, referrerClass);
  }

  int campaignMediumNumber() {
    return number(ClickFeature.CAMPAIGN_MEDIUM, campaignMedium);
  }

  private static @Nullable String known(ClickFeature feature, @Nullable String word) {
    return word(feature, number(feature, word));
  }

  private static @Nullable String word(ClickFeature feature, int number) {
    return number < 0 ? null : feature.words().get(Math.min(number, feature.words().size() - 1));
  }

  private static int number(ClickFeature feature, @Nullable String word) {
    return word == null ? -1 : VectorPlaces.known(feature.words(), word);
  }
}
