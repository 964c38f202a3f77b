-- Daily active users: distinct visitors of each day, and how many of them are new.
SELECT day, active_visitors, new_visitors, is_final
FROM (
  SELECT day, sum(visitors) AS active_visitors,
    coalesce(sum(visitors) FILTER (WHERE value = ''), 0) AS new_visitors,
    bool_and(is_final) AS is_final
  FROM gold.visitors_daily WHERE dimension = 'previous_day' AND NOT is_bot GROUP BY day) AS of_day
ORDER BY day;
