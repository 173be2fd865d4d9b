import type { Migration } from '../migration.ts'

const counted = ['stage', 'placed_at', 'product_name', 'agent', 'reason', 'remark', 'commission', 'reached']
const cells = (row: 'OLD' | 'NEW'): string => counted.map((column) => `${row}.${column}`).join(', ')
const due = (row: 'OLD' | 'NEW'): string =>
  `INSERT OR IGNORE INTO statistics_due VALUES (${row}.account, substr(${row}.placed_at, 1, 10));`

/**
 * The farthest step of the funnel that each order ever reached, and the figures of each day and month, summed up. What
 * is written to orders only notes that their days are due: they are counted anew in the background.
 */
export const statisticsMigration: Migration = {
  number: 10,
  name: 'statistics',
  sql: `
-- the step's number; null: to be found out from the order and its history
ALTER TABLE orders ADD COLUMN reached INTEGER;
DROP INDEX orders_by_placed;
CREATE INDEX orders_by_placed ON orders (account, placed_at, type, stage, reached);
CREATE INDEX orders_unjudged ON orders (account, placed_at) WHERE reached IS NULL;
-- a fair sample, for times that are asked of the history: neighbours, because these lie in the same pages
CREATE INDEX orders_sampled ON orders (account, placed_at, type) WHERE id / 16 % 17 = 0;

CREATE TABLE statistics_due (
  account INTEGER NOT NULL,
  -- Beijing
  day TEXT NOT NULL,
  PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE statistics (
  account INTEGER NOT NULL,
  -- what 'value' is: stage, product, agent, failure or unsettled
  facet TEXT NOT NULL,
  -- a Beijing day, or a month (YYYY-MM) that sums up its days
  period TEXT NOT NULL,
  type INTEGER NOT NULL,
  value TEXT NOT NULL,
  orders INTEGER NOT NULL,
  -- orders that came at least so far
  approved INTEGER NOT NULL,
  shipped INTEGER NOT NULL,
  activated INTEGER NOT NULL,
  recharged INTEGER NOT NULL,
  settled INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  -- orders that wait for settlement and that are settled now, and their commission in cents
  expected_orders INTEGER NOT NULL,
  expected_cents INTEGER NOT NULL,
  settled_orders INTEGER NOT NULL,
  settled_cents INTEGER NOT NULL,
  PRIMARY KEY (account, facet, period, type, value)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER statistics_of_new AFTER INSERT ON orders BEGIN ${due('NEW')} END;
CREATE TRIGGER statistics_of_gone AFTER DELETE ON orders BEGIN ${due('OLD')} END;
CREATE TRIGGER statistics_of_changed AFTER UPDATE OF ${counted.join(', ')} ON orders
WHEN (${cells('OLD')}) IS NOT (${cells('NEW')}) BEGIN ${due('OLD')} ${due('NEW')} END;

INSERT INTO statistics_due SELECT DISTINCT account, substr(placed_at, 1, 10) FROM orders;
`,
}
