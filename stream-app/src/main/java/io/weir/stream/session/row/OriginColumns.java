package io.weir.stream.session.row;

import io.weir.contract.avro.Session;
import io.weir.stream.session.text.Context;
import io.weir.stream.session.text.Texts;

/**
 * Fills the columns that tell where a session came from: the referrer of its first event that has
 * one, the first campaign, and the first known device, browser, system, place and app.
 */
final class OriginColumns {
  private OriginColumns() {}

  static void add(Session row, Context context, Texts texts) {
    row.setIsBot(row.getIsBot() || context.isBot());
    if (row.getReferrerClass() == null && context.referrerClass() != Texts.NONE) {
      row.setReferrerClass(texts.text(context.referrerClass()));
      row.setReferrerDomain(texts.text(context.referrerDomain()));
    }
    if (context.hasCampaign() && row.getCampaignSource() == null && row.getCampaignName() == null) {
      row.setCampaignSource(texts.text(context.campaignSource()));
      row.setCampaignMedium(texts.text(context.campaignMedium()));
      row.setCampaignName(texts.text(context.campaignName()));
    }
    if (row.getDevice() == null) {
      row.setDevice(texts.text(context.device()));
    }
    if (row.getBrowser() == null) {
      row.setBrowser(texts.text(context.browser()));
    }
    if (row.getOs() == null) {
      row.setOs(texts.text(context.os()));
    }
    if (row.getCountry() == null) {
      row.setCountry(texts.text(context.country()));
      row.setCity(texts.text(context.city()));
    }
    if (row.getAppId() == null) {
      row.setAppId(texts.text(context.app()));
    }
  }
}
