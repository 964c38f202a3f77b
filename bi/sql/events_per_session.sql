-- Distribution of events per session, over all days.
SELECT lower_bound, upper_bound, sum(sessions) AS sessions,
  (sum(sessions) / sum(sum(sessions)) OVER ())::numeric(20, 6) AS share
FROM gold.distributions WHERE measure = 'events'
GROUP BY lower_bound, upper_bound
ORDER BY lower_bound;
