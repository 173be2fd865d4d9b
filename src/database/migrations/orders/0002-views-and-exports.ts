import type { Migration } from '../migration.ts'

/** Saved views, and the temporary files of exports under way: what a killed export leaves is removed at the next start. */
export const viewsAndExportsMigration: Migration = {
  number: 2,
  name: 'views-and-exports',
  sql: `
CREATE TABLE views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER REFERENCES accounts (id),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE export_files (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`,
}
