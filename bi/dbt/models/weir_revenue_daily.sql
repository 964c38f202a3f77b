-- Revenue of people's sessions by the day on which they started, in total, a row per currency.
select * from {{ source('bi', 'revenue_daily') }} where dimension = '' and not is_bot
