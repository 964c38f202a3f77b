-- The text of a value in gold: NUL becomes U+FFFD, a value that is not known is the empty text,
-- and a longer value ends with the last whole character within 512 bytes of UTF-8.
CREATE OR REPLACE MACRO gold_value(text) AS coalesce(
  CASE
    WHEN strlen(replace(text, chr(0), chr(65533))) <= 512 THEN replace(text, chr(0), chr(65533))
    ELSE coalesce(
      TRY(decode(encode(replace(text, chr(0), chr(65533)))[:512])),
      TRY(decode(encode(replace(text, chr(0), chr(65533)))[:511])),
      TRY(decode(encode(replace(text, chr(0), chr(65533)))[:510])),
      TRY(decode(encode(replace(text, chr(0), chr(65533)))[:509])))
  END,
  '')
