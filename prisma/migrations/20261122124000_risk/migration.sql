-- ---------------------------------------------------------------- what counts as a risk
-- From when on a deal, or a pipeline, is told as a risk. A team's own row goes before the row of all teams, that one
-- before what is built in; null is "as the next one says".
CREATE TABLE risk_threshold (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  -- Null: all teams.
  team_id      uuid,
  -- Days after the expected close.
  overdue_days smallint CONSTRAINT overdue_days_are_few CHECK (overdue_days BETWEEN 0 AND 365),
  -- Days without a human touch; null: what each stage allows.
  quiet_days   smallint CONSTRAINT quiet_days_are_few CHECK (quiet_days BETWEEN 1 AND 365),
  -- How many times the expected close moved later.
  slips        smallint CONSTRAINT slips_are_few CHECK (slips BETWEEN 1 AND 50),
  -- Open pipeline for what is still to be won, in percent of it.
  coverage_percent smallint CONSTRAINT coverage_is_a_few_times CHECK (coverage_percent BETWEEN 50 AND 2000),
  -- What one customer may be of the weighted pipeline.
  concentration_percent smallint CONSTRAINT concentration_is_a_part CHECK (concentration_percent BETWEEN 1 AND 100),
  -- From which amounts deals are medium and large; of all teams only, in the workspace's currency.
  medium_from_minor bigint CONSTRAINT medium_begins_above_nothing CHECK (medium_from_minor BETWEEN 1 AND 9007199254740991),
  large_from_minor  bigint CONSTRAINT large_begins_above_nothing CHECK (large_from_minor BETWEEN 1 AND 9007199254740991),
  version      integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT threshold_team_exists FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id),
  CONSTRAINT sizes_are_in_order CHECK (medium_from_minor < large_from_minor),
  CONSTRAINT sizes_are_of_all_teams CHECK (team_id IS NULL OR num_nonnulls(medium_from_minor, large_from_minor) = 0)
);
CREATE UNIQUE INDEX threshold_is_said_once ON risk_threshold (workspace_id, team_id) NULLS NOT DISTINCT;

-- From which amount of a currency a deal is of high value. Deals of other currencies are measured in the workspace's own.
CREATE TABLE risk_high_value (
  workspace_id uuid NOT NULL,
  threshold_id uuid NOT NULL,
  currency     char(3) NOT NULL CONSTRAINT high_value_currency_is_a_code CHECK (currency ~ '^[A-Z]{3}$'),
  from_minor   bigint NOT NULL CONSTRAINT high_value_begins_above_nothing CHECK (from_minor BETWEEN 1 AND 9007199254740991),
  PRIMARY KEY (workspace_id, threshold_id, currency),
  CONSTRAINT high_value_is_of_a_threshold FOREIGN KEY (workspace_id, threshold_id) REFERENCES risk_threshold (workspace_id, id) ON DELETE CASCADE
);

-- A risk somebody looked at, and why it may rest until a day. The one in force is the last that was not woken.
CREATE TABLE risk_snooze (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  risk         text NOT NULL CONSTRAINT snoozed_risk_is_known CHECK (risk IN ('overdue', 'slipped', 'high-value', 'stagnant')),
  reason       text NOT NULL CONSTRAINT snooze_has_a_reason CHECK (length(btrim(reason)) BETWEEN 1 AND 300),
  -- It is told again on this day of the workspace.
  until_day    date NOT NULL,
  set_by       uuid,
  set_at       timestamptz(3) NOT NULL,
  woken_by     uuid,
  woken_at     timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX risk_rests_once ON risk_snooze (workspace_id, risk) WHERE woken_at IS NULL;

-- ---------------------------------------------------------------- how often a close date moved later
-- Kept beside the changes it is counted from, so that it is not counted anew for every open deal.
CREATE TABLE deal_slip (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  times        integer NOT NULL,
  PRIMARY KEY (workspace_id, lead_id),
  CONSTRAINT slip_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);

CREATE FUNCTION count_slips() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In one order: the leads themselves are locked already by whoever changes them.
  INSERT INTO deal_slip (workspace_id, lead_id, times)
  SELECT c.workspace_id, c.lead_id, count(*) FROM changed c
   WHERE CASE c.field WHEN 'expected_close' THEN (c.after #>> '{}')::date > (c.before #>> '{}')::date END
   GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (workspace_id, lead_id) DO UPDATE SET times = deal_slip.times + excluded.times;
  RETURN NULL;
END $$;
CREATE TRIGGER slips_are_counted AFTER INSERT ON opportunity_change REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_slips();

INSERT INTO deal_slip (workspace_id, lead_id, times)
SELECT c.workspace_id, c.lead_id, count(*) FROM opportunity_change c
 WHERE CASE c.field WHEN 'expected_close' THEN (c.after #>> '{}')::date > (c.before #>> '{}')::date END
 GROUP BY 1, 2;

-- Who is told of new figures is told of these, too.
DO $$
DECLARE
  of_table text;
BEGIN
  FOREACH of_table IN ARRAY ARRAY['risk_threshold', 'risk_high_value', 'risk_snooze'] LOOP
    EXECUTE format('CREATE TRIGGER metric_touched_new AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched()', of_table);
    EXECUTE format('CREATE TRIGGER metric_touched_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched()', of_table);
    EXECUTE format('CREATE TRIGGER metric_touched_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched()', of_table);
  END LOOP;
END $$;
