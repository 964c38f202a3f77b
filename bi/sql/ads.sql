-- Impressions and clicks of each ad, over all days. ctr counts the clicks that match an impression.
SELECT ad, sum(ad_impressions) AS ad_impressions, sum(ad_clicks) AS ad_clicks,
  sum(matched_clicks) AS matched_clicks,
  (sum(matched_clicks)::numeric / nullif(sum(ad_impressions), 0))::numeric(20, 6) AS ctr
FROM gold.ads_daily WHERE NOT is_bot
GROUP BY ad
ORDER BY ad_impressions DESC, ad;
