package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;

/** Where a visitor came from and with what, as numbers of {@link Texts}: it rarely changes. */
record Context(
    int referrerClass,
    int referrerDomain,
    int campaignSource,
    int campaignMedium,
    int campaignName,
    int device,
    int browser,
    int os,
    int country,
    int city,
    boolean isBot) {
  /** What one takes encoded, about. */
  static final int BYTES = 16;

  static Context of(EnrichedEvent event, Texts texts) {
    return new Context(
        texts.intern(event.getReferrerClass()),
        texts.intern(event.getReferrerDomain()),
        texts.intern(event.getCampaignSource()),
        texts.intern(event.getCampaignMedium()),
        texts.intern(event.getCampaignName()),
        texts.intern(event.getDevice()),
        texts.intern(event.getBrowser()),
        texts.intern(event.getOs()),
        texts.intern(event.getCountry()),
        texts.intern(event.getCity()),
        event.getIsBot());
  }

  /** Whether an event came from here: cheaper than to make its context and to compare. */
  boolean is(EnrichedEvent event, Texts texts) {
    return texts.is(browser, event.getBrowser())
        && texts.is(device, event.getDevice())
        && texts.is(os, event.getOs())
        && texts.is(referrerDomain, event.getReferrerDomain())
        && texts.is(referrerClass, event.getReferrerClass())
        && texts.is(campaignSource, event.getCampaignSource())
        && texts.is(campaignMedium, event.getCampaignMedium())
        && texts.is(campaignName, event.getCampaignName())
        && texts.is(country, event.getCountry())
        && texts.is(city, event.getCity())
        && isBot == event.getIsBot();
  }

  boolean hasCampaign() {
    return campaignSource != Touch.NONE || campaignName != Touch.NONE;
  }

  boolean hasSameCampaign(Context other) {
    return campaignSource == other.campaignSource
        && campaignMedium == other.campaignMedium
        && campaignName == other.campaignName;
  }

  Context moved(Texts from, Texts to) {
    return new Context(
        to.intern(from.text(referrerClass)),
        to.intern(from.text(referrerDomain)),
        to.intern(from.text(campaignSource)),
        to.intern(from.text(campaignMedium)),
        to.intern(from.text(campaignName)),
        to.intern(from.text(device)),
        to.intern(from.text(browser)),
        to.intern(from.text(os)),
        to.intern(from.text(country)),
        to.intern(from.text(city)),
        isBot);
  }

  void write(ByteWriter out) {
    out.reference(referrerClass);
    out.reference(referrerDomain);
    out.reference(campaignSource);
    out.reference(campaignMedium);
    out.reference(campaignName);
    out.reference(device);
    out.reference(browser);
    out.reference(os);
    out.reference(country);
    out.reference(city);
    out.varint(isBot ? 1 : 0);
  }

  static Context read(ByteReader in) {
    return new Context(
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.reference(),
        in.varint() == 1);
  }
}
