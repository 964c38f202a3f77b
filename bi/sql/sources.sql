-- Where sessions of the last 28 days come from, by the class of the referrer: rates are ratios of sums.
SELECT value AS source, sum(sessions) AS sessions,
  (sum(converted_sessions)::numeric / nullif(sum(sessions), 0))::numeric(20, 6) AS conversion_rate,
  (sum(bounced_sessions)::numeric / nullif(sum(sessions), 0))::numeric(20, 6) AS bounce_rate
FROM bi.sessions_daily
WHERE dimension = 'referrer_class' AND NOT is_bot
  AND day > (SELECT max(day) FROM bi.sessions_daily WHERE dimension = '') - 28
GROUP BY value
ORDER BY sessions DESC, source;
