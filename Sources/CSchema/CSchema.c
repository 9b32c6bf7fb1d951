#include "CSchema.h"

// Two lines for each migration: its bytes here, its name in the list below. A test compares both with the folder.
static const unsigned char current[] = {
#embed "../../schema.sql"
};
static const unsigned char m0001[] = {
#embed "../../migrations/0001_ledger.sql"
};
static const unsigned char m0002[] = {
#embed "../../migrations/0002_recorder.sql"
};
static const unsigned char m0003[] = {
#embed "../../migrations/0003_migrations.sql"
};
static const unsigned char m0004[] = {
#embed "../../migrations/0004_evidence.sql"
};

static const cschema_file migrations[] = {
    {"0001_ledger", m0001, sizeof m0001},
    {"0002_recorder", m0002, sizeof m0002},
    {"0003_migrations", m0003, sizeof m0003},
    {"0004_evidence", m0004, sizeof m0004},
};

cschema_file cschema_current(void) { return (cschema_file){"schema", current, sizeof current}; }
size_t cschema_migration_count(void) { return sizeof migrations / sizeof *migrations; }
cschema_file cschema_migration(size_t index) { return migrations[index]; }
