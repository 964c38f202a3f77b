-- The days that MetricFlow joins to.
select generate_series(date '2020-01-01', date '2035-12-31', interval '1 day')::date as date_day
