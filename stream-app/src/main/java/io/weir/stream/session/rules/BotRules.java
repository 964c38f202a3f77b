package io.weir.stream.session.rules;

/**
 * The limits of a session beyond which it is a program's and no person's; 0 switches a rule off.
 *
 * @param eventsPerMinute more within any minute are a program's; impressions and pings do not count
 * @param steadyViews from so many page views on, equal pauses between them are a program's
 * @param distinctViews from so many page views on, never seeing a page twice is a program's
 */
public record BotRules(int eventsPerMinute, int steadyViews, int distinctViews) {
  public static final BotRules USUAL = new BotRules(120, 20, 100);
  public static final BotRules NONE = new BotRules(0, 0, 0);
}
