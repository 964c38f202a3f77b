package io.weir.stream.session.sums;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Context;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Touch;
import org.jspecify.annotations.Nullable;

/**
 * The origins of some events. They are those that {@code OriginColumns} takes from events in order,
 * but the events may be added in any order.
 */
final class Origins {
  private static final int BOT = 1;
  private static final int HAS_APP = 2;

  private boolean isBot;
  private @Nullable RankedTexts referrer;
  private @Nullable RankedTexts campaign;
  private @Nullable RankedTexts device;
  private @Nullable RankedTexts browser;
  private @Nullable RankedTexts os;
  private @Nullable RankedTexts place;
  private @Nullable RankedTexts app;

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
    addEnvironment(touch, context, texts);
  }

  private void addEnvironment(Touch touch, Context context, Texts texts) {
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
    if (context.app() != Texts.NONE) {
      app = first(app, touch, texts, context.app());
    }
  }

  /** The earlier origin. Mostly the known one, without reading texts: events are added in order. */
  private static RankedTexts first(
      @Nullable RankedTexts known, Touch touch, Texts texts, int... numbers) {
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
    return RankedTexts.of(touch, said);
  }

  void addAll(Origins others) {
    isBot |= others.isBot;
    referrer = RankedTexts.first(referrer, others.referrer);
    campaign = RankedTexts.first(campaign, others.campaign);
    device = RankedTexts.first(device, others.device);
    browser = RankedTexts.first(browser, others.browser);
    os = RankedTexts.first(os, others.os);
    place = RankedTexts.first(place, others.place);
    app = RankedTexts.first(app, others.app);
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
    row.setAppId(text(app, 0));
  }

  private static @Nullable String text(@Nullable RankedTexts seen, int at) {
    return seen == null ? null : seen.text(at);
  }

  void write(ByteWriter out) {
    out.varint((isBot ? BOT : 0) | (app == null ? 0 : HAS_APP));
    RankedTexts.write(referrer, out);
    RankedTexts.write(campaign, out);
    RankedTexts.write(device, out);
    RankedTexts.write(browser, out);
    RankedTexts.write(os, out);
    RankedTexts.write(place, out);
    if (app != null) {
      RankedTexts.write(app, out);
    }
  }

  static Origins read(ByteReader in) {
    var read = new Origins();
    int flags = in.varint();
    read.isBot = (flags & BOT) != 0;
    read.referrer = RankedTexts.read(in);
    read.campaign = RankedTexts.read(in);
    read.device = RankedTexts.read(in);
    read.browser = RankedTexts.read(in);
    read.os = RankedTexts.read(in);
    read.place = RankedTexts.read(in);
    read.app = (flags & HAS_APP) == 0 ? null : RankedTexts.read(in);
    return read;
  }
}
