package io.weir.stream.session.text;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.bytes.Hash64;

/** The origin, device and place of a visitor, as numbers of {@link Texts}: they rarely change. */
public record Context(
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
    int app,
    boolean isBot) {
  /** The approximate number of bytes of an encoded context. */
  static final int BYTES = 18;

  private static final int BOT = 1;
  private static final int HAS_APP = 2;

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
        texts.intern(event.getAppId()),
        event.getIsBot());
  }

  /** Whether an event has this context. Cheaper than to make the event's context and to compare. */
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
        && texts.is(app, event.getAppId())
        && isBot == event.getIsBot();
  }

  public boolean hasCampaign() {
    return campaignSource != Texts.NONE || campaignName != Texts.NONE;
  }

  public boolean hasSameCampaign(Context other) {
    return campaignSource == other.campaignSource
        && campaignMedium == other.campaignMedium
        && campaignName == other.campaignName;
  }

  /** A hash of the campaign's texts; 0 if there is no campaign. */
  public long campaign(Texts texts) {
    return hasCampaign()
        ? Hash64.of(
            texts.text(campaignSource)
                + '\n'
                + texts.text(campaignMedium)
                + '\n'
                + texts.text(campaignName))
        : 0;
  }

  Context renumbered(Renumbering numbers) {
    return new Context(
        numbers.text(referrerClass),
        numbers.text(referrerDomain),
        numbers.text(campaignSource),
        numbers.text(campaignMedium),
        numbers.text(campaignName),
        numbers.text(device),
        numbers.text(browser),
        numbers.text(os),
        numbers.text(country),
        numbers.text(city),
        numbers.text(app),
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
    out.varint((isBot ? BOT : 0) | (app == Texts.NONE ? 0 : HAS_APP));
    if (app != Texts.NONE) {
      out.reference(app);
    }
  }

  static Context read(ByteReader in) {
    int referrerClass = in.reference();
    int referrerDomain = in.reference();
    int campaignSource = in.reference();
    int campaignMedium = in.reference();
    int campaignName = in.reference();
    int device = in.reference();
    int browser = in.reference();
    int os = in.reference();
    int country = in.reference();
    int city = in.reference();
    int flags = in.varint();
    return new Context(
        referrerClass,
        referrerDomain,
        campaignSource,
        campaignMedium,
        campaignName,
        device,
        browser,
        os,
        country,
        city,
        (flags & HAS_APP) == 0 ? Texts.NONE : in.reference(),
        (flags & BOT) != 0);
  }
}
