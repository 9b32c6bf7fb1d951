-- Our own moves of VMs: the events of one, and which are not over.

CREATE INDEX event_migration ON event (migration, seq) WHERE migration IS NOT NULL;
