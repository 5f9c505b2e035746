-- channel: harmless functions as a way around the mask: each computes on the mask
-- case: ordered-set aggregate picks a true value [attack]
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY phone) FROM housing.buyers
-- case: most frequent value [attack]
SELECT mode() WITHIN GROUP (ORDER BY name) FROM housing.buyers
-- case: hypothetical rank among true values [attack]
SELECT rank('13886500024') WITHIN GROUP (ORDER BY phone) FROM housing.buyers
-- case: cumulative distribution of a guess [attack]
SELECT cume_dist('13850000000') WITHIN GROUP (ORDER BY phone) FROM housing.buyers
-- case: continuous percentile of incomes [attack]
SELECT percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY income::float8) FROM housing.buyers
-- case: regression over true incomes [attack]
SELECT round(regr_slope(income::float8, level::float8)::numeric, 6), round(corr(income::float8, id::float8)::numeric, 6) FROM housing.buyers
-- case: bits of a hash [attack]
SELECT bit_xor(hashtext(phone)) FROM housing.buyers
-- case: extended hash with a seed [attack]
SELECT hashtextextended(id_no, 42) FROM housing.buyers ORDER BY id LIMIT 5
-- case: hash of a whole row [attack]
SELECT hash_record(b.*) IS NOT NULL FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: text search vector of a hidden note [attack]
SELECT to_tsvector('simple', note) FROM housing.buyers ORDER BY id LIMIT 3
-- case: headline cuts the true text [attack]
SELECT ts_headline('simple', address, 'x'::tsquery) FROM housing.buyers ORDER BY id LIMIT 3
-- case: text search over the json of a row [attack]
SELECT jsonb_to_tsvector('simple', to_jsonb(b), '"all"') @@ 'x'::tsquery FROM housing.buyers b WHERE b.id < 5 ORDER BY b.id
-- case: parser shows tokens [attack]
SELECT (ts_parse('default', phone)).token FROM housing.buyers WHERE id = 1
-- case: pattern translated [attack]
SELECT similar_to_escape(phone) FROM housing.buyers WHERE id = 1
-- case: format with a name [attack]
SELECT format('%I %L %s', phone, phone, phone) FROM housing.buyers ORDER BY id LIMIT 3
-- case: format with a width from a value [attack]
SELECT format('%*s', length(id_no), 'x') FROM housing.buyers ORDER BY id LIMIT 3
-- case: quoting functions [attack]
SELECT quote_ident(name), quote_literal(name), quote_nullable(note) FROM housing.buyers ORDER BY id LIMIT 5
-- case: bytes of the value [attack]
SELECT get_byte(convert_to(phone, 'UTF8'), 5), encode(convert_to(phone, 'GBK'), 'hex') FROM housing.buyers WHERE phone IS NOT NULL ORDER BY id LIMIT 5
-- case: binary form by a send function [attack]
SELECT textsend(phone::text), numeric_send(income), date_send(born) FROM housing.buyers ORDER BY id LIMIT 3
-- case: row sent in binary [attack]
SELECT length(record_send(ROW(b.phone, b.id_no))) FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: output function by name [attack]
SELECT textin(varcharout(phone)) FROM housing.buyers ORDER BY id LIMIT 3
-- case: output of an array [attack]
SELECT textin(array_out(ARRAY[phone, id_no])) FROM housing.buyers ORDER BY id LIMIT 3
-- case: json of any [attack]
SELECT to_json(phone), to_jsonb(born), json_build_object('p', phone, 'i', income) FROM housing.buyers ORDER BY id LIMIT 3
-- case: rows folded into json [attack]
SELECT json_agg(b ORDER BY b.id) FROM housing.buyers b WHERE b.id < 4
-- case: keys and values folded [attack]
SELECT jsonb_object_agg(id, phone) FROM housing.buyers WHERE id < 9
-- case: json path over a masked value [attack]
SELECT jsonb_path_query(to_jsonb(b), '$.phone ? (@ like_regex "^138")') FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: json path with a variable from the row [attack]
SELECT count(*) FROM housing.buyers b WHERE jsonb_path_exists(to_jsonb(b), '$.id_no ? (@ starts with $p)', jsonb_build_object('p', '370202'))
-- case: xml of the value and back [attack]
SELECT xpath('//text()', xmlelement(name a, phone)) FROM housing.buyers WHERE id = 2
-- case: external entity in a document [attack]
SELECT xmlparse(document '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')::text
-- case: external entity through xpath [attack]
SELECT xpath('/a/text()', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'::xml)::text
-- case: document function of XSLT in xpath [attack]
SELECT xpath('document("file:///etc/passwd")', '<a/>'::xml)::text
-- case: regular expression captures [attack]
SELECT regexp_matches(phone, '(\d{3})(\d{4})(\d{4})') FROM housing.buyers ORDER BY id LIMIT 3
-- case: split by hidden digits [attack]
SELECT string_to_table(phone, '5') FROM housing.buyers WHERE id IN (1, 2) ORDER BY 1
-- case: translate away the fill [attack]
SELECT translate(phone, '*', '') FROM housing.buyers ORDER BY id LIMIT 5
-- case: set bit of the bytes [attack]
SELECT bit_count(phone::bytea) FROM housing.buyers ORDER BY id LIMIT 5
-- case: width bucket of incomes [attack]
SELECT width_bucket(income, 0, 1000000, 1000) FROM housing.buyers ORDER BY id LIMIT 10
-- case: exact age from the birth date [attack]
SELECT age(timestamp '2026-01-01', born::timestamp), extract(doy FROM born) FROM housing.buyers ORDER BY id LIMIT 5
-- case: range over true dates [attack]
SELECT range_agg(daterange(born, born, '[]')) FROM housing.buyers WHERE id < 20
-- case: number to words of money [attack]
SELECT cash_words(income::money) FROM housing.buyers WHERE id = 1
-- case: greatest against a guess [attack]
SELECT greatest(phone, '13850000000'), least(id_no, '370202195001010000') FROM housing.buyers ORDER BY id LIMIT 5
-- case: nullif against a guess [attack]
SELECT count(NULLIF(phone, '13886500024')) FROM housing.buyers
-- case: number of NULLs over hidden columns [attack]
SELECT num_nulls(note, extra, phones), num_nonnulls(name, phone) FROM housing.buyers ORDER BY id LIMIT 5
-- case: array functions over a folded column [attack]
SELECT array_position(array_agg(phone ORDER BY id), '13886500024') FROM housing.buyers
-- case: array search by containment [attack]
SELECT count(*) FROM housing.buyers WHERE ARRAY[phone::text] <@ ARRAY['13886500024', '18697630026']
-- case: compressed size [attack interference]
SELECT pg_column_compression(b.address), pg_column_size(b.phone) FROM housing.buyers b ORDER BY id LIMIT 3
-- case: type of the value [attack interference]
SELECT pg_typeof(b), pg_typeof(b.phone) FROM housing.buyers b LIMIT 1
-- case: collation of the value [attack]
SELECT pg_collation_for(phone) FROM housing.buyers LIMIT 1
-- case: row expanded by json_populate_record over itself [attack]
SELECT r.* FROM housing.agents a, LATERAL jsonb_to_record(to_jsonb(a)) AS r(name text, desk text) ORDER BY 1 LIMIT 3
-- case: json to a record with a domain that calls a function [refused]
SELECT * FROM jsonb_to_record('{"p": "13886500024"}') AS r(p app.checked)
-- case: json table columns with such a domain, by recordset [refused]
SELECT * FROM json_to_recordset('[{"p": "13886500024"}]') AS r(p app.checked)
-- case: xml table columns with such a domain [refused]
SELECT * FROM XMLTABLE('/r' PASSING ('<r>13886500024</r>'::xml) COLUMNS p app.checked PATH '.') x
-- case: advisory lock keyed by a true value [attack]
SELECT pg_try_advisory_xact_lock(hashtext(phone)) FROM housing.buyers WHERE id = 1
-- case: seed of chance from a value [attack interference]
SELECT setseed(0.5) FROM housing.buyers WHERE phone LIKE '1388%'
-- case: current value of a sequence by a masked name [attack]
SELECT currval(phone::text::regclass) FROM housing.buyers WHERE id = 1
-- case: name lookups by masked text [attack]
SELECT to_regclass(phone), to_regrole(name), to_regtype(email) FROM housing.buyers ORDER BY id LIMIT 3
-- case: privilege question by masked text [attack]
SELECT has_table_privilege('housing.' || name, 'SELECT') FROM housing.buyers WHERE id = 1
-- case: identifier parsed [attack]
SELECT parse_ident(phone) FROM housing.buyers WHERE id = 1
-- case: number parsed [attack]
SELECT to_number(phone, '99999999999') FROM housing.buyers WHERE id = 1
-- case: timestamp built of hidden parts [attack]
SELECT make_date(1990, extract(month FROM born)::int, extract(day FROM born)::int) FROM housing.buyers ORDER BY id LIMIT 5
-- case: generated series up to a true number [attack]
SELECT count(*) FROM housing.buyers b, generate_series(1, (b.income / 10000)::int) WHERE b.id < 5
-- case: normalisation of a name [attack]
SELECT normalize(name, NFKD), name IS NFC NORMALIZED FROM housing.buyers ORDER BY id LIMIT 5
