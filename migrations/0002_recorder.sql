-- The recorder in depth: records that no longer count, and the fields of foreign records kept once.

CREATE TABLE foreign_fields (
  id INTEGER NOT NULL PRIMARY KEY,
  digest INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX foreign_fields_digest ON foreign_fields (digest);
CREATE TRIGGER foreign_fields_no_update BEFORE UPDATE ON foreign_fields
BEGIN SELECT RAISE(ABORT, 'the fields of records are append-only'); END;
CREATE TRIGGER foreign_fields_no_delete BEFORE DELETE ON foreign_fields
BEGIN SELECT RAISE(ABORT, 'the fields of records are append-only'); END;
CREATE TRIGGER foreign_fields_no_replace BEFORE INSERT ON foreign_fields
WHEN EXISTS (SELECT 1 FROM foreign_fields WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the fields of records are append-only'); END;
ALTER TABLE event ADD COLUMN foreign_fields INTEGER REFERENCES foreign_fields (id);

-- A record that was excluded may come again: what tells records apart is the program's to look at.
DROP TRIGGER event_no_replace;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
DROP INDEX event_time;
CREATE INDEX event_time ON event (occurred_at);

INSERT INTO term (id, text) VALUES (17, 'import.retracted'), (18, 'import.replaced');

CREATE TABLE excluded_event (
  seq INTEGER NOT NULL PRIMARY KEY,
  because INTEGER NOT NULL
) STRICT;
ALTER TABLE import_batch ADD COLUMN retracted_by INTEGER;
