import type { Migration } from '../migration.ts'

/**
 * The merchant's own notes and tags are searched with the rest of an order. Orders that ended after they had come so far,
 * for the built-in view of numbers that were stopped.
 */
export const searchAnnotationsMigration: Migration = {
  number: 11,
  name: 'search-annotations',
  sql: `
CREATE TRIGGER search_for_annotated AFTER UPDATE OF note, tags ON orders
  WHEN (OLD.note, OLD.tags) IS NOT (NEW.note, NEW.tags)
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (NEW.id); END;

CREATE INDEX orders_gone ON orders (account, reached) WHERE stage = 'gone';
`,
}
