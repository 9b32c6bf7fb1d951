-- Outages of hosts, and what shows that they stopped VMs; and which object a name means, where several share it. All
-- projections are made again after this step: what a host's trouble means for the power of its VMs is now part of their spans.

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

CREATE TABLE stop_in_outage (
  vm INTEGER NOT NULL,
  host INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,        -- of the outage
  seq INTEGER NOT NULL,              -- of the record
  PRIMARY KEY (vm, host, failed_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX stop_in_outage_host ON stop_in_outage (host, failed_at);

CREATE TABLE namesake (
  id INTEGER NOT NULL PRIMARY KEY,
  source INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name INTEGER NOT NULL              -- the row of `object` with the name
) STRICT;

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

CREATE TABLE bearing (
  name INTEGER NOT NULL,
  datacenter INTEGER,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  object INTEGER NOT NULL
) STRICT;
CREATE INDEX bearing_name ON bearing (name, from_at);

CREATE TABLE named_with (
  object INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (object, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE renaming (
  seq INTEGER NOT NULL PRIMARY KEY,
  name INTEGER NOT NULL,
  old_name TEXT NOT NULL,
  new_name TEXT NOT NULL
) STRICT;

CREATE VIEW subject AS
SELECT o.id AS id, o.source AS source, o.kind AS kind, o.id AS name FROM object AS o WHERE o.identity = o.id
UNION ALL SELECT k.id, k.source, k.kind, k.name FROM namesake AS k;

CREATE INDEX naming_name ON naming (name);

DROP VIEW v_object;

CREATE VIEW v_object AS
SELECT o.id, s.name AS source, o.kind,
  (SELECT n.foreign_id FROM object AS n WHERE n.identity = o.id AND n.foreign_id <> '' ORDER BY n.id LIMIT 1) AS foreign_id,
  coalesce(
    (SELECT n.name FROM naming AS w JOIN object AS n ON n.id = w.name WHERE w.object = o.id ORDER BY w.from_at DESC LIMIT 1),
    (SELECT n.name FROM object AS n WHERE n.identity = o.id AND n.name <> '' ORDER BY n.id DESC LIMIT 1),
    nullif(d.name, ''), d.foreign_id) AS name
FROM subject AS o JOIN source AS s ON s.id = o.source JOIN object AS d ON d.id = o.name;

ALTER TABLE import_batch ADD COLUMN same_as INTEGER;
ALTER TABLE import_batch ADD COLUMN lacks_power INTEGER;
