-- Closed sessions of people by the day on which they started, in total.
select * from {{ source('bi', 'sessions_daily') }} where dimension = '' and not is_bot
