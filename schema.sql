-- The whole current schema of a Yadokari ledger, and its data dictionary.
--
-- Times are microseconds since 1970-01-01T00:00:00Z. Two marks stand for "nobody saw it begin" and "it still lasts":
-- -62135596800000000 (year 1) as a from_at, 253402300799999999 (year 9999) as a to_at.
-- What is recorded: source, term, object (its first five columns), foreign_fields and event. They only grow, and the chain of
-- hashes covers them.
-- Everything below them is projected from the events: `yadokari db rebuild` throws it away and makes the same rows again.
-- docs/ledger.md says how a hash is made.

PRAGMA application_id = 0x7961646F;

-- Which schema migrations this file has seen. A new file has them all at once.
CREATE TABLE schema_migration (
  number INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,              -- of the migration's text, in hexadecimal
  applied_at INTEGER NOT NULL
) STRICT;

-- Where records come from: a vCenter, or Yadokari itself (number 1). Identity of every object and record is within its source.
CREATE TABLE source (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  instance_uuid TEXT                 -- projected from source.identified: the vCenter's own id
) STRICT;

-- Type names, ours and foreign ones, each once.
CREATE TABLE term (
  id INTEGER NOT NULL PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Objects as records name them: one row for each id and name that ever came together.
CREATE TABLE object (
  id INTEGER NOT NULL PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  kind TEXT NOT NULL,                -- datacenter, cluster, host, vm, datastore
  foreign_id TEXT NOT NULL,          -- such as vm-118; empty where the record gave only a name
  name TEXT NOT NULL,                -- empty where the record gave only an id
  identity INTEGER NOT NULL REFERENCES object (id), -- projected: the first row of the same object
  UNIQUE (source, kind, foreign_id, name)
) STRICT;
CREATE INDEX object_identity ON object (identity);
CREATE INDEX object_name ON object (kind, name);

-- The fields of foreign records that no column of an event takes, each text once: records repeat each other.
CREATE TABLE foreign_fields (
  id INTEGER NOT NULL PRIMARY KEY,
  digest INTEGER NOT NULL,           -- of the text, to find it by: FNV-1a of 64 bits; two texts may share one
  text TEXT NOT NULL                 -- a JSON object
) STRICT;
CREATE INDEX foreign_fields_digest ON foreign_fields (digest);

-- What happened, in the order in which we learned of it. Never changed, never deleted.
CREATE TABLE event (
  seq INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 … without a hole
  occurred_at INTEGER NOT NULL,      -- when it happened
  recorded_at INTEGER NOT NULL,      -- when we learned of it
  type INTEGER NOT NULL REFERENCES term (id),
  foreign_type INTEGER REFERENCES term (id),
  source INTEGER NOT NULL REFERENCES source (id),
  foreign_key TEXT,                  -- the source's key of the record, or one made from its text; see docs/ledger.md
  chain TEXT,                        -- the source's number of the operation
  datacenter INTEGER REFERENCES object (id),
  cluster INTEGER REFERENCES object (id),
  host INTEGER REFERENCES object (id),            -- of a completed move the destination, of a started or failed one the source
  vm INTEGER REFERENCES object (id),
  datastore INTEGER REFERENCES object (id),
  other_host INTEGER REFERENCES object (id),      -- the other end of a move
  other_datastore INTEGER REFERENCES object (id),
  migration INTEGER,                 -- of our own moves: seq of the request of the one it belongs to
  severity TEXT,
  actor TEXT,                        -- who did it; NULL where the record names nobody
  reason TEXT,
  message TEXT,                      -- for people; no fact is read from it where a field holds it
  detail TEXT,                       -- JSON: our own keys
  hash BLOB NOT NULL,                -- SHA-256 over the hash before it and this event's canonical bytes
  foreign_fields INTEGER REFERENCES foreign_fields (id) -- the record's other fields: the key "foreign" of the detail
) STRICT;
-- Order of happening.
CREATE INDEX event_time ON event (occurred_at);
-- An event stands in one of the next three, by the narrowest object it names.
CREATE INDEX event_vm ON event (vm, occurred_at) WHERE vm IS NOT NULL;
CREATE INDEX event_host ON event (host, occurred_at) WHERE vm IS NULL AND host IS NOT NULL;
CREATE INDEX event_cluster ON event (cluster, occurred_at) WHERE vm IS NULL AND host IS NULL AND cluster IS NOT NULL;
-- What HA did: terms 1 to 15.
CREATE INDEX event_failover ON event (type, occurred_at) WHERE type <= 15;
-- The events of each of our own moves: its journal.
CREATE INDEX event_migration ON event (migration, seq) WHERE migration IS NOT NULL;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER foreign_fields_no_update BEFORE UPDATE ON foreign_fields
BEGIN SELECT RAISE(ABORT, 'the fields of records are append-only'); END;
CREATE TRIGGER foreign_fields_no_delete BEFORE DELETE ON foreign_fields
BEGIN SELECT RAISE(ABORT, 'the fields of records are append-only'); END;
CREATE TRIGGER foreign_fields_no_replace BEFORE INSERT ON foreign_fields
WHEN EXISTS (SELECT 1 FROM foreign_fields WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the fields of records are append-only'); END;
CREATE TRIGGER object_no_update BEFORE UPDATE ON object
WHEN NEW.id <> OLD.id OR NEW.source <> OLD.source OR NEW.kind <> OLD.kind OR NEW.foreign_id <> OLD.foreign_id OR NEW.name <> OLD.name
BEGIN SELECT RAISE(ABORT, 'the dictionary of objects is append-only'); END;
CREATE TRIGGER object_no_delete BEFORE DELETE ON object
BEGIN SELECT RAISE(ABORT, 'the dictionary of objects is append-only'); END;
CREATE TRIGGER object_no_replace BEFORE INSERT ON object
WHEN EXISTS (SELECT 1 FROM object WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM object
  WHERE source = NEW.source AND kind = NEW.kind AND foreign_id = NEW.foreign_id AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the dictionary of objects is append-only'); END;
CREATE TRIGGER term_no_update BEFORE UPDATE ON term
BEGIN SELECT RAISE(ABORT, 'the dictionary of terms is append-only'); END;
CREATE TRIGGER term_no_delete BEFORE DELETE ON term
BEGIN SELECT RAISE(ABORT, 'the dictionary of terms is append-only'); END;
CREATE TRIGGER term_no_replace BEFORE INSERT ON term WHEN EXISTS (SELECT 1 FROM term WHERE id = NEW.id OR text = NEW.text)
BEGIN SELECT RAISE(ABORT, 'the dictionary of terms is append-only'); END;
CREATE TRIGGER source_no_update BEFORE UPDATE ON source WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name
BEGIN SELECT RAISE(ABORT, 'sources are append-only'); END;
CREATE TRIGGER source_no_delete BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'sources are append-only'); END;
CREATE TRIGGER source_no_replace BEFORE INSERT ON source WHEN EXISTS (SELECT 1 FROM source WHERE id = NEW.id OR name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'sources are append-only'); END;

INSERT INTO source (id, name) VALUES (1, 'yadokari');
-- Low numbers are kept for what HA did, so that the index event_failover can name them.
INSERT INTO term (id, text) VALUES
  (1, 'ha.failover_started'), (2, 'ha.failover_finished'), (3, 'ha.vm_restart_attempted'), (4, 'ha.vm_restarted'),
  (5, 'ha.vm_restart_failed'), (6, 'ha.vm_waiting'), (7, 'ha.vm_not_protected'), (8, 'ha.vm_recovered_with_host'),
  (9, 'ha.vm_duplicate'), (16, 'import.finished'), (17, 'import.retracted'), (18, 'import.replaced');

-- Projections. Each row is a span of time: from from_at (included) to to_at (not included). `began` and `ended` are the
-- seq of the records at its ends, NULL where there is none. A NULL value with the grade `unknown` says that the evidence
-- does not show it. Grades: proven, text, inferred, unknown.

-- Events that do not count: their import was retracted, or a richer record of the same happening came later.
CREATE TABLE excluded_event (
  seq INTEGER NOT NULL PRIMARY KEY,
  because INTEGER NOT NULL           -- seq of the event import.retracted or import.replaced
) STRICT;

-- Further objects known by a name alone, where several share it: the row of `object` with the name stands for the first of
-- them. Their numbers lie above those of `object`.
CREATE TABLE namesake (
  id INTEGER NOT NULL PRIMARY KEY,
  source INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name INTEGER NOT NULL              -- the row of `object` with the name
) STRICT;

-- Which objects the names in an event mean, where a name alone does not say it: VMs of one name in two datacenters, a host
-- that was removed and added again, renamed VMs. A column is NULL where the event's own row of `object` says it.
CREATE TABLE meaning (
  seq INTEGER NOT NULL PRIMARY KEY,  -- of the event
  cluster INTEGER,
  host INTEGER,
  vm INTEGER,
  datastore INTEGER,
  other_host INTEGER,
  other_datastore INTEGER
) STRICT;
CREATE INDEX meaning_vm ON meaning (vm) WHERE vm IS NOT NULL;
CREATE INDEX meaning_host ON meaning (host) WHERE host IS NOT NULL;
CREATE INDEX meaning_cluster ON meaning (cluster) WHERE cluster IS NOT NULL;

-- Names that stand for several objects, and for which of them when and where: `name` is the row of `object` with the name,
-- `datacenter` an identity, NULL for any.
CREATE TABLE bearing (
  name INTEGER NOT NULL,
  datacenter INTEGER,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  object INTEGER NOT NULL
) STRICT;
CREATE INDEX bearing_name ON bearing (name, from_at);

-- Which objects were named together: hosts, clusters, datastores and VMs with the datacenter, cluster or host that one
-- record names, too. A VM with itself was created or removed by a record. Rows of `object`.
CREATE TABLE named_with (
  object INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (object, place)
) STRICT, WITHOUT ROWID;

-- Records that rename a VM of which they know no id, with the row of `object` of the name that they have for it.
CREATE TABLE renaming (
  seq INTEGER NOT NULL PRIMARY KEY,
  name INTEGER NOT NULL,
  old_name TEXT NOT NULL,
  new_name TEXT NOT NULL
) STRICT;

-- Every object once: those of the dictionary by identity, and the namesakes. `name` is the row of `object` with a name.
CREATE VIEW subject AS
SELECT o.id AS id, o.source AS source, o.kind AS kind, o.id AS name FROM object AS o WHERE o.identity = o.id
UNION ALL SELECT k.id, k.source, k.kind, k.name FROM namesake AS k;

-- Where each VM was: on which host. The object numbers are identities.
CREATE TABLE residency (
  vm INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  host INTEGER,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (vm, from_at)
) STRICT, WITHOUT ROWID;
-- Who was on a host at a moment: of the spans up to a week long, those that began in the week before it; of the longer ones,
-- which are few, those that end after it. So neither the past nor the future of a host is read.
CREATE INDEX residency_host ON residency (host, from_at, to_at) WHERE host IS NOT NULL;
CREATE INDEX residency_long ON residency (host, to_at, from_at) WHERE host IS NOT NULL AND to_at - from_at > 604800000000;

-- Whether each VM ran: on, off, suspended.
CREATE TABLE vm_power (
  vm INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  power TEXT,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (vm, from_at)
) STRICT, WITHOUT ROWID;

-- The size of each VM.
CREATE TABLE vm_shape (
  vm INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  vcpus INTEGER,
  memory_mib INTEGER,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (vm, from_at)
) STRICT, WITHOUT ROWID;

-- On which datastore each disk of a VM lay. The disk `home` stands for the VM's own files, which events name.
CREATE TABLE disk_placement (
  vm INTEGER NOT NULL,
  disk TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  datastore INTEGER,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (vm, disk, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX disk_placement_datastore ON disk_placement (datastore, from_at) WHERE datastore IS NOT NULL;

-- How each host was. Aspect `availability`: connected, disconnected, connection_lost, storage_lost, isolated, failed.
-- Aspect `mode`: normal, entering_maintenance, maintenance, standby. Aspect `presence`, where records tell that it was added
-- to the source's inventory or removed from it: present, removed.
CREATE TABLE host_state (
  host INTEGER NOT NULL,
  aspect TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  state TEXT,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (host, aspect, from_at)
) STRICT, WITHOUT ROWID;

-- In which cluster each host and VM was.
CREATE TABLE membership (
  member INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  cluster INTEGER,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (member, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_cluster ON membership (cluster, member);

-- Named settings of clusters (ha_enabled, drs_enabled, evc_mode), hosts (memory_bytes, cores, evc_current, evc_max, …) and
-- VMs (instance_uuid, vmx_path, evc_required, ha_protected).
CREATE TABLE setting (
  object INTEGER NOT NULL,
  key TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  value TEXT,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (object, key, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX setting_value ON setting (key, value);

-- Under which name each object went; `name` is the row of `object` that holds it.
CREATE TABLE naming (
  object INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  name INTEGER,
  grade TEXT NOT NULL,
  began INTEGER,
  ended INTEGER,
  PRIMARY KEY (object, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX naming_name ON naming (name);

-- The outages of each host: times of trouble without a break, as incidents are found from them. Their end, `back_at`, is the
-- mark for "it still lasts" where no record shows the return.
CREATE TABLE outage (
  host INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,        -- the first record of the trouble
  back_at INTEGER NOT NULL,          -- when the host is known to be back
  trigger TEXT NOT NULL,             -- host_failed, host_isolated, storage_lost, connection_lost
  declared_at INTEGER,               -- when it was declared; NULL where nothing declared it
  began INTEGER NOT NULL,            -- seq of the first record
  ended INTEGER,                     -- seq of the record of the return
  PRIMARY KEY (host, failed_at)
) STRICT, WITHOUT ROWID;

-- Records that show that a VM stopped in an outage: it was started after it, or found off, with no stop on record.
CREATE TABLE stop_in_outage (
  vm INTEGER NOT NULL,
  host INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,        -- of the outage
  seq INTEGER NOT NULL,              -- of the record
  PRIMARY KEY (vm, host, failed_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX stop_in_outage_host ON stop_in_outage (host, failed_at);

-- First and last record, by time, that shows a host in a cluster: what the membership of hosts is made from.
CREATE TABLE cluster_sighting (
  host INTEGER NOT NULL,
  cluster INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  PRIMARY KEY (host, cluster)
) STRICT, WITHOUT ROWID;

-- The imports that added something, from import.finished: which evidence there is, and from when to when.
CREATE TABLE import_batch (
  seq INTEGER NOT NULL PRIMARY KEY,  -- of the import.finished event
  source INTEGER NOT NULL,
  format TEXT NOT NULL,
  digest TEXT,                       -- of a snapshot: SHA-256 of its content; with given_at it tells it from others
  given_at INTEGER,                  -- of a snapshot: the time that a person gave for it
  first_at INTEGER,
  last_at INTEGER,
  first_key INTEGER,                 -- lowest and highest key, where the records have numbers
  last_key INTEGER,
  time_origin TEXT,                  -- of a snapshot: given or file_date
  retracted_by INTEGER,              -- seq of the event import.retracted that undid it
  same_as INTEGER,                   -- of a snapshot equal to the one before it: seq of the import that has its records
  lacks_power INTEGER                -- 1 where its records are events, and none of them tells that a VM was started or stopped
) STRICT;
CREATE INDEX import_batch_digest ON import_batch (source, digest);
-- Where a source's evidence begins: before that nothing is known of its objects.
CREATE INDEX import_batch_time ON import_batch (source, first_at);

-- Times for which the source itself says that records are missing, from ledger.gap.
CREATE TABLE evidence_gap (
  seq INTEGER NOT NULL PRIMARY KEY,
  source INTEGER NOT NULL,
  code TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL
) STRICT;

-- Views for people's queries (docs/query.md). They may use SQLite's own functions; the program does not read them. Numbers
-- become names, times become text; an open end is NULL. Events that no longer count are left out, but for v_event.

-- Objects by identity, with the last name that is known of each.
CREATE VIEW v_object AS
SELECT o.id, s.name AS source, o.kind,
  (SELECT n.foreign_id FROM object AS n WHERE n.identity = o.id AND n.foreign_id <> '' ORDER BY n.id LIMIT 1) AS foreign_id,
  coalesce(
    (SELECT n.name FROM naming AS w JOIN object AS n ON n.id = w.name WHERE w.object = o.id ORDER BY w.from_at DESC LIMIT 1),
    (SELECT n.name FROM object AS n WHERE n.identity = o.id AND n.name <> '' ORDER BY n.id DESC LIMIT 1),
    nullif(d.name, ''), d.foreign_id) AS name
FROM subject AS o JOIN source AS s ON s.id = o.source JOIN object AS d ON d.id = o.name;

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
