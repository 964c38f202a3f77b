-- Makes the user of Grafana, a member of weir_reader: psql --file=reader.sql, with WEIR_READER_PASSWORD in the
-- environment, as a user that may create roles, after the first start of lake-sink. May be run again.
\getenv password WEIR_READER_PASSWORD
SELECT 'CREATE ROLE weir_grafana' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'weir_grafana') \gexec
ALTER ROLE weir_grafana LOGIN PASSWORD :'password';
GRANT weir_reader TO weir_grafana;
-- A careless range of time must not keep the server busy.
ALTER ROLE weir_grafana SET statement_timeout = '30s';
