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

-- Who was on a host at a moment, without reading all of its past or future.
DROP INDEX residency_host;
CREATE INDEX residency_host ON residency (host, from_at, to_at) WHERE host IS NOT NULL;
CREATE INDEX residency_long ON residency (host, to_at, from_at) WHERE host IS NOT NULL AND to_at - from_at > 604800000000;
CREATE INDEX disk_placement_datastore ON disk_placement (datastore, from_at) WHERE datastore IS NOT NULL;

INSERT INTO term (id, text) VALUES (17, 'import.retracted'), (18, 'import.replaced');

CREATE TABLE excluded_event (
  seq INTEGER NOT NULL PRIMARY KEY,
  because INTEGER NOT NULL
) STRICT;
ALTER TABLE import_batch ADD COLUMN retracted_by INTEGER;

-- Views for people's queries (docs/query.md). They may use SQLite's own functions; the program does not read them. Numbers
-- become names, times become text; an open end is NULL. Events that no longer count are left out, but for v_event.

-- Objects by identity, with the last name that is known of each.
CREATE VIEW v_object AS
SELECT o.id, s.name AS source, o.kind,
  (SELECT n.foreign_id FROM object AS n WHERE n.identity = o.id AND n.foreign_id <> '' ORDER BY n.id LIMIT 1) AS foreign_id,
  coalesce(
    (SELECT n.name FROM naming AS w JOIN object AS n ON n.id = w.name WHERE w.object = o.id ORDER BY w.from_at DESC LIMIT 1),
    (SELECT n.name FROM object AS n WHERE n.identity = o.id AND n.name <> '' ORDER BY n.id DESC LIMIT 1), o.foreign_id) AS name
FROM object AS o JOIN source AS s ON s.id = o.source WHERE o.identity = o.id;

-- Every event with names as its record has them; `excluded` is 1 where it no longer counts.
CREATE VIEW v_event AS
SELECT e.seq, strftime('%Y-%m-%dT%H:%M:%S', e.occurred_at / 1000000, 'unixepoch')
    || printf('.%06dZ', e.occurred_at % 1000000) AS at,
  strftime('%Y-%m-%dT%H:%M:%S', e.recorded_at / 1000000, 'unixepoch')
    || printf('.%06dZ', e.recorded_at % 1000000) AS recorded,
  t.text AS type, f.text AS foreign_type, s.name AS source, e.foreign_key, e.chain,
  coalesce(nullif(c.name, ''), c.foreign_id) AS cluster, coalesce(nullif(h.name, ''), h.foreign_id) AS host,
  coalesce(nullif(v.name, ''), v.foreign_id) AS vm, coalesce(nullif(d.name, ''), d.foreign_id) AS datastore,
  coalesce(nullif(oh.name, ''), oh.foreign_id) AS other_host,
  coalesce(nullif(od.name, ''), od.foreign_id) AS other_datastore,
  e.severity, e.actor, e.reason, e.message,
  CASE WHEN r.text IS NULL THEN e.detail WHEN e.detail IS NULL THEN '{"foreign":' || r.text || '}'
    ELSE substr(e.detail, 1, length(e.detail) - 1) || ',"foreign":' || r.text || '}' END AS detail,
  lower(hex(e.hash)) AS hash, x.seq IS NOT NULL AS excluded, e.occurred_at, e.recorded_at
FROM event AS e JOIN term AS t ON t.id = e.type JOIN source AS s ON s.id = e.source
LEFT JOIN term AS f ON f.id = e.foreign_type LEFT JOIN foreign_fields AS r ON r.id = e.foreign_fields
LEFT JOIN object AS c ON c.id = e.cluster LEFT JOIN object AS h ON h.id = e.host LEFT JOIN object AS v ON v.id = e.vm
LEFT JOIN object AS d ON d.id = e.datastore LEFT JOIN object AS oh ON oh.id = e.other_host
LEFT JOIN object AS od ON od.id = e.other_datastore LEFT JOIN excluded_event AS x ON x.seq = e.seq;

-- Where each VM was.
CREATE VIEW v_placement AS
SELECT v.name AS vm, v.foreign_id AS vm_id, v.source, h.name AS host, h.foreign_id AS host_id,
  CASE WHEN p.from_at > -62135596800000000 THEN strftime('%Y-%m-%dT%H:%M:%S', p.from_at / 1000000, 'unixepoch')
    || printf('.%06dZ', p.from_at % 1000000) END AS since,
  CASE WHEN p.to_at < 253402300799999999 THEN strftime('%Y-%m-%dT%H:%M:%S', p.to_at / 1000000, 'unixepoch')
    || printf('.%06dZ', p.to_at % 1000000) END AS until, p.grade, p.began, p.ended,
  p.from_at, p.to_at
FROM residency AS p JOIN v_object AS v ON v.id = p.vm LEFT JOIN v_object AS h ON h.id = p.host;

-- Whether each VM ran.
CREATE VIEW v_power AS
SELECT v.name AS vm, v.foreign_id AS vm_id, v.source, p.power, CASE WHEN p.from_at > -62135596800000000 THEN strftime('%Y-%m-%dT%H:%M:%S', p.from_at / 1000000, 'unixepoch')
    || printf('.%06dZ', p.from_at % 1000000) END AS since,
  CASE WHEN p.to_at < 253402300799999999 THEN strftime('%Y-%m-%dT%H:%M:%S', p.to_at / 1000000, 'unixepoch')
    || printf('.%06dZ', p.to_at % 1000000) END AS until,
  p.grade, p.began, p.ended, p.from_at, p.to_at
FROM vm_power AS p JOIN v_object AS v ON v.id = p.vm;

-- How each host was.
CREATE VIEW v_host_state AS
SELECT h.name AS host, h.foreign_id AS host_id, h.source, p.aspect, p.state, CASE WHEN p.from_at > -62135596800000000 THEN strftime('%Y-%m-%dT%H:%M:%S', p.from_at / 1000000, 'unixepoch')
    || printf('.%06dZ', p.from_at % 1000000) END AS since,
  CASE WHEN p.to_at < 253402300799999999 THEN strftime('%Y-%m-%dT%H:%M:%S', p.to_at / 1000000, 'unixepoch')
    || printf('.%06dZ', p.to_at % 1000000) END AS until,
  p.grade, p.began, p.ended, p.from_at, p.to_at
FROM host_state AS p JOIN v_object AS h ON h.id = p.host;

-- A row for each record of a move: started, completed or failed. The trigger is known of completed moves only.
CREATE VIEW v_migration AS
SELECT seq, at, source, vm, CASE type WHEN 'migration.completed' THEN other_host ELSE host END AS from_host,
  CASE type WHEN 'migration.completed' THEN host ELSE other_host END AS to_host,
  CASE type WHEN 'migration.completed' THEN other_datastore ELSE datastore END AS from_datastore,
  CASE type WHEN 'migration.completed' THEN datastore ELSE other_datastore END AS to_datastore,
  CASE WHEN lower(foreign_type) LIKE '%drsvmmigratedevent' THEN 'drs'
    WHEN type = 'migration.completed' AND foreign_type IS NOT NULL THEN 'user' END AS "trigger",
  actor, substr(type, 11) AS result, reason, occurred_at
FROM v_event
WHERE type IN ('migration.started', 'migration.completed', 'migration.failed') AND NOT excluded;

-- What HA did with each VM: restarted, restart_failed, not_protected, waiting, restart_attempted, duplicate.
CREATE VIEW v_ha_vm AS
SELECT seq, at, source, cluster, vm, substr(type, 7) AS what, host, other_host, reason, message, occurred_at
FROM v_event WHERE type LIKE 'ha.vm~_%' ESCAPE '~' AND NOT excluded;

-- The imports that added something.
CREATE VIEW v_import AS
SELECT b.seq, e.recorded AS at, s.name AS source, b.format,
  strftime('%Y-%m-%dT%H:%M:%S', b.first_at / 1000000, 'unixepoch') || printf('.%06dZ', b.first_at % 1000000) AS first,
  strftime('%Y-%m-%dT%H:%M:%S', b.last_at / 1000000, 'unixepoch') || printf('.%06dZ', b.last_at % 1000000) AS last,
  b.first_key, b.last_key, b.time_origin, e.actor, e.reason, b.retracted_by
FROM import_batch AS b JOIN source AS s ON s.id = b.source JOIN v_event AS e ON e.seq = b.seq WHERE NOT e.excluded;
