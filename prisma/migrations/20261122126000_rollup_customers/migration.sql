-- New and returning customers by day. Whether a won deal is its customer's first depends on the others of that customer, so a
-- change of one marks the customer and not a day: which days that means is found in the reader's own snapshot, where the
-- deals of two who wrote at the same time are both seen.
ALTER TABLE metric_day
  ADD COLUMN won_first integer NOT NULL DEFAULT 0,
  ADD COLUMN won_again integer NOT NULL DEFAULT 0;

-- A customer is a company, or a contact without one; the zero id is none.
CREATE TABLE metric_customer_mark (
  workspace_id uuid NOT NULL,
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  company_id   uuid NOT NULL,
  contact_id   uuid NOT NULL,
  PRIMARY KEY (workspace_id, seq)
);
ALTER TABLE metric_customer_mark SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The days marked customers bought on.
CREATE FUNCTION metric_customer_days(of_workspace uuid) RETURNS SETOF date LANGUAGE sql STABLE AS $$
  SELECT DISTINCT (x.closed_at AT TIME ZONE w.zone)::date
    FROM workspace w CROSS JOIN LATERAL (
      SELECT l.closed_at FROM (SELECT DISTINCT m.company_id FROM metric_customer_mark m WHERE m.workspace_id = of_workspace AND m.company_id <> nobody()) c
        JOIN lead l ON l.workspace_id = of_workspace AND l.company_id = c.company_id AND l.status = 'won' AND l.deleted_at IS NULL
      UNION ALL
      SELECT l.closed_at FROM (SELECT DISTINCT m.contact_id FROM metric_customer_mark m WHERE m.workspace_id = of_workspace AND m.contact_id <> nobody()) c
        JOIN lead l ON l.workspace_id = of_workspace AND l.contact_id = c.contact_id AND l.company_id IS NULL AND l.status = 'won' AND l.deleted_at IS NULL) x
   WHERE w.id = of_workspace
$$;

CREATE OR REPLACE FUNCTION metric_day_compute(of_workspace uuid, from_day date, to_day date) RETURNS SETOF metric_day
LANGUAGE plpgsql STABLE SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  z text;
  -- An index finds the days by these; a clock change at midnight is why they reach further than the days.
  lo timestamptz;
  hi timestamptz;
BEGIN
  SELECT w.zone INTO z FROM workspace w WHERE w.id = of_workspace;
  lo := (from_day::timestamp AT TIME ZONE z) - interval '3 hours';
  hi := (to_day::timestamp AT TIME ZONE z) + interval '3 hours';
  RETURN QUERY
  SELECT of_workspace, e.day, metric_set(grouping(e.team, e.owner, e.source)), coalesce(e.team, nobody()), coalesce(e.owner, nobody()), coalesce(e.source, nobody()),
         count(*) FILTER (WHERE e.fact = 1)::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status = 'junked')::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status <> 'junked')::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status <> 'junked' AND e.opportunity_day <= e.day + 30)::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status = 'won')::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status = 'won' AND e.closed_day <= e.day + 90)::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status = 'lost')::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status <> 'junked' AND e.first_response_at IS NOT NULL)::int,
         count(*) FILTER (WHERE e.fact = 1 AND e.status <> 'junked' AND e.first_response_at IS NULL)::int,
         coalesce(sum(e.response_minutes) FILTER (WHERE e.fact = 1 AND e.status <> 'junked'), 0)::bigint,
         count(*) FILTER (WHERE e.fact = 1 AND e.status <> 'junked' AND e.response_minutes IS NOT NULL)::int,
         count(*) FILTER (WHERE e.fact = 2)::int,
         coalesce(sum(e.base_minor) FILTER (WHERE e.fact = 2), 0),
         count(*) FILTER (WHERE e.fact = 2 AND e.base_minor IS NOT NULL)::int,
         count(*) FILTER (WHERE e.fact = 3)::int,
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'won')::int,
         coalesce(sum(e.base_minor) FILTER (WHERE e.fact = 3 AND e.status = 'won'), 0),
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'won' AND e.base_minor IS NOT NULL)::int,
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'won' AND e.amount_minor IS NULL)::int,
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'won' AND e.amount_minor IS NOT NULL AND e.base_minor IS NULL)::int,
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'lost')::int,
         coalesce(sum(e.base_minor) FILTER (WHERE e.fact = 3 AND e.status = 'lost'), 0),
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'lost' AND e.base_minor IS NOT NULL)::int,
         coalesce(sum(e.closed_day - e.opportunity_day) FILTER (WHERE e.fact = 3 AND e.status = 'won'), 0)::bigint,
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'won' AND NOT e.again)::int,
         count(*) FILTER (WHERE e.fact = 3 AND e.status = 'won' AND e.again)::int
    FROM (
      SELECT 1 AS fact, (l.created_at AT TIME ZONE z)::date AS day, l.first_team_id AS team, l.first_owner_id AS owner, l.source_id AS source, l.status,
             (l.opportunity_at AT TIME ZONE z)::date AS opportunity_day, (l.closed_at AT TIME ZONE z)::date AS closed_day,
             l.first_response_at, l.response_minutes, NULL::bigint AS base_minor, NULL::bigint AS amount_minor, NULL::boolean AS again
        FROM lead l
       WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.created_at >= lo AND l.created_at < hi
      UNION ALL
      SELECT 2, (l.opportunity_at AT TIME ZONE z)::date, l.opportunity_team_id, l.opportunity_owner_id, l.source_id, l.status, NULL, NULL, NULL, NULL, l.base_minor, NULL, NULL
        FROM lead l
       WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.opportunity_at >= lo AND l.opportunity_at < hi
      UNION ALL
      SELECT 3, (l.closed_at AT TIME ZONE z)::date, l.closed_team_id, l.closed_owner_id, l.source_id, l.status,
             (l.opportunity_at AT TIME ZONE z)::date, (l.closed_at AT TIME ZONE z)::date, NULL, NULL, l.base_minor, l.amount_minor,
             l.status = 'won' AND CASE
               WHEN l.company_id IS NOT NULL THEN EXISTS (SELECT FROM lead x WHERE x.workspace_id = of_workspace AND x.company_id = l.company_id
                 AND x.status = 'won' AND x.deleted_at IS NULL AND (x.closed_at, x.id) < (l.closed_at, l.id))
               WHEN l.contact_id IS NOT NULL THEN EXISTS (SELECT FROM lead x WHERE x.workspace_id = of_workspace AND x.contact_id = l.contact_id AND x.company_id IS NULL
                 AND x.status = 'won' AND x.deleted_at IS NULL AND (x.closed_at, x.id) < (l.closed_at, l.id))
               ELSE false END
        FROM lead l
       WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.closed_at >= lo AND l.closed_at < hi
         AND l.kind = 'opportunity' AND l.status IN ('won', 'lost')) e
   WHERE e.day >= from_day AND e.day < to_day
   GROUP BY GROUPING SETS ((e.day), (e.day, e.team), (e.day, e.team, e.owner), (e.day, e.source), (e.day, e.team, e.source));
END $$;

CREATE OR REPLACE FUNCTION metric_day_drift(of_workspace uuid, from_day date, to_day date) RETURNS SETOF date LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day = '-infinity') THEN RETURN; END IF;
  RETURN QUERY
  WITH kept AS (SELECT k.* FROM metric_day k WHERE k.workspace_id = of_workspace AND k.g BETWEEN 0 AND 4 AND k.day >= from_day AND k.day < to_day),
  made AS (SELECT c.* FROM metric_day_compute(of_workspace, from_day, to_day) c)
  SELECT DISTINCT x.day FROM ((TABLE kept EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE kept)) x
   WHERE NOT EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day = x.day)
     AND x.day NOT IN (SELECT metric_customer_days(of_workspace))
   ORDER BY x.day;
END $$;

CREATE OR REPLACE FUNCTION metric_rebuild(of_workspace uuid) RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
DECLARE
  z text;
  first date;
  last date;
  month_at date;
  of_kind smallint;
BEGIN
  SELECT w.zone INTO z FROM workspace w WHERE w.id = of_workspace;
  INSERT INTO metric_rollup (workspace_id, zone) VALUES (of_workspace, z)
  ON CONFLICT (workspace_id) DO UPDATE SET zone = z, built_at = now(), drifted_at = NULL, drift = NULL;
  DELETE FROM metric_dirty d WHERE d.workspace_id = of_workspace;
  DELETE FROM metric_customer_mark m WHERE m.workspace_id = of_workspace;
  DELETE FROM metric_day d WHERE d.workspace_id = of_workspace;
  DELETE FROM metric_duration d WHERE d.workspace_id = of_workspace;
  DELETE FROM metric_open o WHERE o.workspace_id = of_workspace;
  DELETE FROM metric_open_delta o WHERE o.workspace_id = of_workspace;
  INSERT INTO metric_open SELECT * FROM metric_open_compute(of_workspace);
  -- Creation comes before everything else.
  SELECT (min(l.created_at) AT TIME ZONE z)::date INTO first FROM lead l WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL;
  SELECT (greatest((SELECT max(l.created_at) FROM lead l WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL),
                   (SELECT max(l.closed_at) FROM lead l WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.closed_at IS NOT NULL),
                   (SELECT max(l.opportunity_at) FROM lead l WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.opportunity_at IS NOT NULL)) AT TIME ZONE z)::date INTO last;
  month_at := date_trunc('month', first)::date;
  WHILE month_at <= last LOOP
    INSERT INTO metric_day SELECT * FROM metric_day_compute(of_workspace, month_at, (month_at + interval '1 month')::date) c ORDER BY c.g, c.day;
    FOREACH of_kind IN ARRAY ARRAY[1, 2, 3]::smallint[] LOOP
      INSERT INTO metric_duration SELECT * FROM metric_duration_compute(of_workspace, of_kind, month_at, (month_at + interval '1 month')::date) c ORDER BY c.g, c.team_id, c.month, c.value;
    END LOOP;
    month_at := (month_at + interval '1 month')::date;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION metric_compact(of_workspace uuid, at_most integer, now_is timestamptz, OUT days integer, OUT months integer, OUT deltas bigint, OUT touches bigint, OUT more boolean)
LANGUAGE plpgsql AS $$
DECLARE
  today_month date;
  run record;
  stale record;
BEGIN
  IF current_setting('transaction_isolation') NOT IN ('repeatable read', 'serializable') THEN
    RAISE EXCEPTION 'figures are put together in one snapshot' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  days := 0;
  months := 0;
  more := false;
  WITH gone AS (DELETE FROM metric_touch t WHERE t.workspace_id = of_workspace RETURNING 1)
  SELECT count(*) INTO touches FROM gone;
  IF EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day = '-infinity')
     OR NOT EXISTS (SELECT FROM metric_rollup r JOIN workspace w ON w.id = r.workspace_id AND w.zone = r.zone WHERE r.workspace_id = of_workspace) THEN
    SELECT count(*) INTO deltas FROM metric_open_delta d WHERE d.workspace_id = of_workspace;
    PERFORM metric_rebuild(of_workspace);
    days := -1;
  ELSE
    INSERT INTO metric_dirty (workspace_id, day) SELECT of_workspace, c FROM metric_customer_days(of_workspace) c;
    DELETE FROM metric_customer_mark m WHERE m.workspace_id = of_workspace;
    -- The newest first: they are asked for most. Days that follow each other are made in one go.
    FOR run IN
      WITH wanted AS (SELECT DISTINCT d.day FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 ORDER BY d.day DESC LIMIT at_most)
      SELECT min(x.day) AS from_day, max(x.day) + 1 AS to_day, count(*)::int AS n
        FROM (SELECT w.day, w.day - (row_number() OVER (ORDER BY w.day))::int AS island FROM wanted w) x GROUP BY x.island
    LOOP
      DELETE FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day >= run.from_day AND d.day < run.to_day;
      PERFORM metric_days_write(of_workspace, run.from_day, run.to_day);
      days := days + run.n;
    END LOOP;
    more := EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0);
    -- A month that has not ended changes with every answer: it is read from the rows, and one mark says so.
    SELECT date_trunc('month', now_is AT TIME ZONE r.zone)::date INTO today_month FROM metric_rollup r WHERE r.workspace_id = of_workspace;
    DELETE FROM metric_dirty d USING (SELECT m.what, m.day, min(m.seq) AS first FROM metric_dirty m WHERE m.workspace_id = of_workspace AND m.what > 0 GROUP BY m.what, m.day) k
     WHERE d.workspace_id = of_workspace AND d.what = k.what AND d.day = k.day AND d.seq > k.first;
    FOR stale IN SELECT d.what, d.day FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what > 0 AND d.day < today_month ORDER BY d.day DESC LIMIT 3 LOOP
      DELETE FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = stale.what AND d.day = stale.day;
      PERFORM metric_durations_write(of_workspace, stale.what, stale.day, (stale.day + interval '1 month')::date);
      months := months + 1;
    END LOOP;
    more := more OR EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what > 0 AND d.day < today_month);
    deltas := metric_open_fold(of_workspace);
  END IF;
  UPDATE metric_rollup r SET touched = r.touched + touches, compacted_at = now_is WHERE r.workspace_id = of_workspace;
END $$;

CREATE FUNCTION metric_customer_is_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_customer_mark (workspace_id, company_id, contact_id)
  SELECT DISTINCT b.workspace_id, coalesce(b.company_id, nobody()), CASE WHEN b.company_id IS NULL THEN b.contact_id ELSE nobody() END
    FROM born b
   WHERE b.status = 'won' AND b.deleted_at IS NULL AND (b.company_id IS NOT NULL OR b.contact_id IS NOT NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER metric_customer_is_born AFTER INSERT ON lead REFERENCING NEW TABLE AS born FOR EACH STATEMENT EXECUTE FUNCTION metric_customer_is_born();

-- The deal's own day too where it changed hands: of no customer any more, no mark of one would find it.
CREATE FUNCTION metric_customer_lives() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off SET enable_hashjoin = on AS $$
BEGIN
  WITH changed AS (
    SELECT n.workspace_id, x.company_id, x.contact_id, x.closed_at
      FROM before o
      JOIN after n ON n.workspace_id = o.workspace_id AND n.id = o.id
     CROSS JOIN LATERAL (VALUES (o.status, o.deleted_at, o.company_id, o.contact_id, o.closed_at),
                                (n.status, n.deleted_at, n.company_id, n.contact_id, n.closed_at)) AS x (status, deleted_at, company_id, contact_id, closed_at)
     WHERE x.status = 'won' AND x.deleted_at IS NULL
       AND (o.status = 'won', o.deleted_at IS NULL, o.company_id, o.contact_id, o.closed_at)
         IS DISTINCT FROM (n.status = 'won', n.deleted_at IS NULL, n.company_id, n.contact_id, n.closed_at)),
  marked AS (
    INSERT INTO metric_customer_mark (workspace_id, company_id, contact_id)
    SELECT DISTINCT c.workspace_id, coalesce(c.company_id, nobody()), CASE WHEN c.company_id IS NULL THEN c.contact_id ELSE nobody() END
      FROM changed c WHERE c.company_id IS NOT NULL OR c.contact_id IS NOT NULL)
  INSERT INTO metric_dirty (workspace_id, day)
  SELECT DISTINCT c.workspace_id, (c.closed_at AT TIME ZONE w.zone)::date FROM changed c JOIN workspace w ON w.id = c.workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER metric_customer_lives AFTER UPDATE ON lead REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION metric_customer_lives();

SELECT metric_rebuild(id) FROM workspace;
