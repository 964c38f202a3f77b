-- Revenue of sessions by day, a row for each currency: never add currencies up.
SELECT day, currency, revenue, is_final
FROM bi.revenue_daily WHERE dimension = '' AND NOT is_bot
ORDER BY day, currency;
