-- Outages of hosts, and what shows that they stopped VMs. All projections are made again after this step: what a host's
-- trouble means for the power of its VMs is now part of their spans.

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
