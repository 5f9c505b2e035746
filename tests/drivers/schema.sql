-- What the driver programs write to: nothing in it is personal data.
CREATE SCHEMA drivers;
GRANT USAGE ON SCHEMA drivers TO PUBLIC;
CREATE TYPE drivers.mood AS ENUM ('calm', 'cross');
CREATE TYPE drivers.point3 AS (x int, y int, label text);
CREATE TABLE drivers.item (
    id serial PRIMARY KEY,
    label text NOT NULL UNIQUE,
    quantity int CHECK (quantity >= 0),
    price numeric(12, 2),
    made date,
    changed timestamptz,
    tags text[],
    extra jsonb,
    raw bytea,
    flag boolean,
    ratio double precision,
    code uuid,
    span int4range,
    address inet,
    mood drivers.mood,
    place drivers.point3
);
CREATE TABLE drivers.line (
    item int REFERENCES drivers.item (id) DEFERRABLE,
    number int NOT NULL,
    note varchar(40) DEFAULT 'none',
    PRIMARY KEY (item, number)
);
COMMENT ON TABLE drivers.line IS 'lines of an item';
CREATE FUNCTION drivers.shout(words text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'heard %', words USING DETAIL = 'twice', HINT = 'whisper', ERRCODE = '01234';
    RETURN upper(words);
END $$;
CREATE FUNCTION drivers.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('items', NEW.label);
    RETURN NEW;
END $$;
CREATE TRIGGER tell AFTER INSERT ON drivers.item FOR EACH ROW EXECUTE FUNCTION drivers.tell();
GRANT ALL ON ALL TABLES IN SCHEMA drivers TO PUBLIC;
GRANT ALL ON ALL SEQUENCES IN SCHEMA drivers TO PUBLIC;
