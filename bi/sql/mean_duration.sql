-- Mean duration of sessions by day, in seconds: a ratio of sums, so it may be added up to weeks by duration_ms and
-- sessions, but never as a mean of means.
SELECT day, sessions, duration_ms, avg_duration_s, is_final
FROM bi.sessions_daily WHERE dimension = '' AND NOT is_bot
ORDER BY day;
