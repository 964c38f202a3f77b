package io.weir.ingest.format;

import io.weir.ingest.event.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names that sources use for the fields of an event, best first. They are compared without
 * case, blanks and punctuation. The field's own name always comes first.
 */
final class FieldNames {
  private static final Map<Field, List<String>> NAMES = new EnumMap<>(Field.class);

  /** Names that mean the same in any object; an id, a value or a URL may be anything's. */
  private static final Set<String> SPEAKING =
      Set.of(
          "anonymousid",
          "visitorid",
          "clientid",
          "cookieid",
          "deviceid",
          "distinctid",
          "userid",
          "customerid",
          "sessionid",
          "pageurl",
          "pagelocation",
          "referrer",
          "referer",
          "pagereferrer",
          "useragent",
          "ipaddress",
          "clientip",
          "remoteaddr",
          "orderid",
          "transactionid",
          "revenue",
          "ordervalue",
          "purchaserevenue",
          "currency",
          "currencycode");

  static {
    put(Field.EVENT_ID, "messageid eventuuid uuid insertid eventguid id");
    put(Field.EVENT_TYPE, "eventname event type action eventaction name activity interactiontype");
    put(
        Field.EVENT_TIME,
        "originaltimestamp timestamp eventtimestamp time ts datetime eventdatetime occurredat"
            + " createdat clienttime timestampms eventdate date servertime receivedat");
    put(Field.SENT_AT, "");
    put(Field.RECEIVED_AT, "");
    put(
        Field.ANONYMOUS_ID,
        "anonymousid visitorid userpseudoid clientid cookieid deviceid distinctid fullvisitorid"
            + " anonid domainuserid visitor cookie");
    put(Field.USER_ID, "userid customerid uid accountid memberid user customer userid hashedid");
    put(Field.SESSION_ID, "sessionid usersession visitid session");
    put(Field.APP_ID, "appid application app appname");
    put(Field.URL, "pageurl pagelocation currenturl location href uri page path pagepath");
    put(Field.REFERRER, "referer pagereferrer httpreferer referrerurl ref");
    put(Field.PAGE_TITLE, "pagetitle title");
    put(Field.IP_ADDRESS, "ipaddress ip clientip remoteaddr remotehost userip");
    put(Field.USER_AGENT, "useragent ua httpuseragent agent");
    put(Field.BROWSER, "browsername browserfamily");
    put(Field.OS, "osname operatingsystem osfamily");
    put(Field.DEVICE, "devicetype devicecategory");
    put(Field.COUNTRY, "countrycode geocountry");
    put(Field.ORDER_ID, "orderid transactionid ordernumber");
    put(Field.VALUE, "revenue total amount ordervalue purchaserevenue");
    put(Field.CURRENCY, "currencycode");
    put(Field.AD_ID, "adid creativeid bannerid");
    put(Field.CAMPAIGN_SOURCE, "utmsource trafficsource");
    put(Field.CAMPAIGN_MEDIUM, "utmmedium trafficmedium");
    put(Field.CAMPAIGN_NAME, "utmcampaign campaign");
    put(Field.CAMPAIGN_TERM, "utmterm");
    put(Field.CAMPAIGN_CONTENT, "utmcontent");
    put(Field.CAMPAIGN_CLICK_ID, "gclid fbclid msclkid clickid");
    put(Field.CONSENT_ANALYTICS, "analyticsconsent");
    put(Field.CONSENT_MARKETING, "marketingconsent");
    put(Field.PRODUCT_ID, "itemid sku productsku productcode product item");
    put(Field.PRODUCT_NAME, "itemname producttitle");
    put(Field.PRODUCT_CATEGORY, "categorycode category itemcategory categoryname categoryid");
    put(Field.PRODUCT_BRAND, "brand itembrand");
    put(Field.PRODUCT_PRICE, "price itemprice unitprice");
    put(Field.PRODUCT_QUANTITY, "quantity qty");
  }

  private FieldNames() {}

  private static void put(Field field, String others) {
    var names = new ArrayList<String>();
    names.add(bare(field.title()));
    for (String other : others.split(" ", -1)) {
      if (!other.isEmpty()) {
        names.add(other);
      }
    }
    NAMES.put(field, List.copyOf(names));
  }

  static List<String> of(Field field) {
    return NAMES.getOrDefault(field, List.of());
  }

  /** Whether the last name of a path says enough to be the field, wherever it stands. */
  static boolean isNamedLast(Field field, String path) {
    String last = bare(path.substring(path.lastIndexOf('.') + 1));
    return SPEAKING.contains(last) && of(field).contains(last);
  }

  static String bare(String name) {
    var bare = new StringBuilder(name.length());
    name.toLowerCase(Locale.ROOT)
        .chars()
        .filter(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        .forEach(c -> bare.append((char) c));
    return bare.toString();
  }
}
