package io.weir.stream.session;

import io.weir.contract.avro.Session;
import org.jspecify.annotations.Nullable;

/**
 * Where some events came from: what {@link SessionOrigin} takes from events in order, for events in
 * any order.
 */
final class Origins {
  private boolean isBot;
  private @Nullable Seen referrer;
  private @Nullable Seen campaign;
  private @Nullable Seen device;
  private @Nullable Seen browser;
  private @Nullable Seen os;
  private @Nullable Seen place;

  void add(Touch touch, Context context, Texts texts) {
    isBot |= context.isBot();
    if (context.referrerClass() != Texts.NONE) {
      referrer = first(referrer, touch, texts, context.referrerClass(), context.referrerDomain());
    }
    if (context.hasCampaign()) {
      campaign =
          first(
              campaign,
              touch,
              texts,
              context.campaignSource(),
              context.campaignMedium(),
              context.campaignName());
    }
    if (context.device() != Texts.NONE) {
      device = first(device, touch, texts, context.device());
    }
    if (context.browser() != Texts.NONE) {
      browser = first(browser, touch, texts, context.browser());
    }
    if (context.os() != Texts.NONE) {
      os = first(os, touch, texts, context.os());
    }
    if (context.country() != Texts.NONE) {
      place = first(place, touch, texts, context.country(), context.city());
    }
  }

  /** Nearly always the known one, without a look at the texts: events are added in order. */
  private static Seen first(@Nullable Seen known, Touch touch, Texts texts, int... numbers) {
    boolean isFirst =
        known == null
            || touch.time < known.time()
            || (touch.time == known.time() && touch.idHash < known.idHash());
    if (known != null && !isFirst) {
      return known;
    }
    var said = new @Nullable String[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      said[i] = texts.text(numbers[i]);
    }
    return Seen.of(touch, said);
  }

  void addAll(Origins others) {
    isBot |= others.isBot;
    referrer = Seen.first(referrer, others.referrer);
    campaign = Seen.first(campaign, others.campaign);
    device = Seen.first(device, others.device);
    browser = Seen.first(browser, others.browser);
    os = Seen.first(os, others.os);
    place = Seen.first(place, others.place);
  }

  void fill(Session row) {
    row.setIsBot(isBot);
    row.setReferrerClass(text(referrer, 0));
    row.setReferrerDomain(text(referrer, 1));
    row.setCampaignSource(text(campaign, 0));
    row.setCampaignMedium(text(campaign, 1));
    row.setCampaignName(text(campaign, 2));
    row.setDevice(text(device, 0));
    row.setBrowser(text(browser, 0));
    row.setOs(text(os, 0));
    row.setCountry(text(place, 0));
    row.setCity(text(place, 1));
  }

  private static @Nullable String text(@Nullable Seen seen, int at) {
    return seen == null ? null : seen.text(at);
  }

  void write(ByteWriter out) {
    out.varint(isBot ? 1 : 0);
    Seen.write(referrer, out);
    Seen.write(campaign, out);
    Seen.write(device, out);
    Seen.write(browser, out);
    Seen.write(os, out);
    Seen.write(place, out);
  }

  static Origins read(ByteReader in) {
    var read = new Origins();
    read.isBot = in.varint() == 1;
    read.referrer = Seen.read(in);
    read.campaign = Seen.read(in);
    read.device = Seen.read(in);
    read.browser = Seen.read(in);
    read.os = Seen.read(in);
    read.place = Seen.read(in);
    return read;
  }
}
