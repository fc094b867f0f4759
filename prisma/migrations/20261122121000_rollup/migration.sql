-- Figures kept by day, so that a year of a million leads is read as fast as a day of a thousand. Nothing here is the truth:
-- all of it is made from the rows again at any time. What changed is marked in the change's own transaction, append-only and
-- without a unique key, so that nobody waits for anybody; whoever reads adds marked days up from the rows, in one snapshot.

-- ---------------------------------------------------------------- what days are read from
-- A range of days is read from these alone, in whichever scope.
DROP INDEX lead_created_idx;
CREATE INDEX lead_created_idx ON lead (workspace_id, created_at)
  INCLUDE (first_team_id, first_owner_id, source_id, product_id, team_id, owner_id, kind, status, opportunity_at, closed_at, first_response_at, response_minutes, assigned_at, response_due_at)
  WHERE deleted_at IS NULL;
DROP INDEX lead_closed_idx;
CREATE INDEX lead_closed_idx ON lead (workspace_id, closed_at)
  INCLUDE (closed_team_id, closed_owner_id, source_id, product_id, team_id, owner_id, kind, status, base_minor, amount_minor, opportunity_at, created_at, company_id, contact_id, id)
  WHERE closed_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX lead_opportunity_idx ON lead (workspace_id, opportunity_at)
  INCLUDE (opportunity_team_id, opportunity_owner_id, source_id, product_id, team_id, owner_id, kind, status, base_minor, amount_minor)
  WHERE opportunity_at IS NOT NULL AND deleted_at IS NULL;

-- The few that are gone: they are taken out of what was kept of them.
CREATE INDEX lead_gone_idx ON lead (workspace_id, id) WHERE deleted_at IS NOT NULL;

-- ---------------------------------------------------------------- what is kept
CREATE TABLE metric_rollup (
  workspace_id uuid PRIMARY KEY REFERENCES workspace (id),
  -- The days are of this zone.
  zone         text NOT NULL,
  -- How many changes were counted and forgotten; with those still listed, the version of the data.
  touched      bigint NOT NULL DEFAULT 0,
  built_at     timestamptz(3) NOT NULL DEFAULT now(),
  compacted_at timestamptz(3),
  checked_at   timestamptz(3),
  checked_day  date,
  -- When a check last found something that differed from the rows, and what.
  drifted_at   timestamptz(3),
  drift        text
);

-- Sums by local day. `g` says what of: 0 everything, 1 each team, 2 each owner in each team, 3 each source, 4 each source in
-- each team; the zero id is nobody's, and what `g` leaves out. Facts share a row, each by its own day and its own owner.
CREATE TABLE metric_day (
  workspace_id uuid NOT NULL,
  day          date NOT NULL,
  g            smallint NOT NULL CONSTRAINT day_set_is_known CHECK (g BETWEEN 0 AND 4),
  team_id      uuid NOT NULL,
  owner_id     uuid NOT NULL,
  source_id    uuid NOT NULL,
  created                integer NOT NULL,
  created_junked         integer NOT NULL,
  created_sound          integer NOT NULL,
  created_opportunity_30 integer NOT NULL,
  created_won            integer NOT NULL,
  created_won_90         integer NOT NULL,
  created_lost           integer NOT NULL,
  created_answered       integer NOT NULL,
  created_unanswered     integer NOT NULL,
  response_minutes_sum   bigint NOT NULL,
  response_minutes_n     integer NOT NULL,
  opportunity            integer NOT NULL,
  opportunity_base       numeric NOT NULL,
  opportunity_with_base  integer NOT NULL,
  closed                 integer NOT NULL,
  won                    integer NOT NULL,
  won_base               numeric NOT NULL,
  won_with_base          integer NOT NULL,
  won_without_amount     integer NOT NULL,
  won_without_rate       integer NOT NULL,
  lost                   integer NOT NULL,
  lost_base              numeric NOT NULL,
  lost_with_base         integer NOT NULL,
  cycle_days_sum         bigint NOT NULL,
  PRIMARY KEY (workspace_id, g, owner_id, team_id, source_id, day)
);
CREATE INDEX metric_day_day_idx ON metric_day (workspace_id, g, day);

-- How often each duration came, by month: 1 working minutes to the answer, by the month a lead came; 2 days from opportunity
-- and 3 from creation to closing, of the won, by the month they closed. Exact values, so percentiles are exact.
CREATE TABLE metric_duration (
  workspace_id uuid NOT NULL,
  kind         smallint NOT NULL CONSTRAINT duration_kind_is_known CHECK (kind BETWEEN 1 AND 3),
  month        date NOT NULL,
  -- 0 everything, 1 each team.
  g            smallint NOT NULL,
  team_id      uuid NOT NULL,
  value        integer NOT NULL,
  n            integer NOT NULL,
  PRIMARY KEY (workspace_id, kind, g, team_id, month, value)
);

-- What there is now, kept by what changed: open deals (`state` 0) with their stage and worth, open leads (1), and how many
-- others there are (2). The sets are those of metric_day; the month of the expected closing is only in 0 and 1. `own` is the
-- sum of amounts times their own percentage, `plain` the amounts that go by their stage's.
CREATE TABLE metric_open (
  workspace_id uuid NOT NULL,
  g            smallint NOT NULL CONSTRAINT open_set_is_known CHECK (g BETWEEN 0 AND 4),
  state        smallint NOT NULL CONSTRAINT open_state_is_known CHECK (state BETWEEN 0 AND 2),
  pipeline_id  uuid NOT NULL,
  stage_id     uuid NOT NULL,
  team_id      uuid NOT NULL,
  owner_id     uuid NOT NULL,
  source_id    uuid NOT NULL,
  -- The deal's own forecast category; empty is its stage's.
  category     text NOT NULL,
  month        date NOT NULL,
  deals          bigint NOT NULL,
  -- Nobody ever called, wrote or met, nor answered.
  untouched      bigint NOT NULL,
  with_base      bigint NOT NULL,
  without_amount bigint NOT NULL,
  without_rate   bigint NOT NULL,
  base           numeric NOT NULL,
  own            numeric NOT NULL,
  plain          numeric NOT NULL,
  PRIMARY KEY (workspace_id, g, state, owner_id, team_id, source_id, pipeline_id, stage_id, category, month)
);

-- What was added to it and taken away since it was last put together.
CREATE TABLE metric_open_delta (
  workspace_id uuid NOT NULL,
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  state        smallint NOT NULL,
  pipeline_id  uuid NOT NULL,
  stage_id     uuid NOT NULL,
  team_id      uuid NOT NULL,
  owner_id     uuid NOT NULL,
  source_id    uuid NOT NULL,
  category     text NOT NULL,
  month        date NOT NULL,
  deals          bigint NOT NULL,
  -- Nobody ever called, wrote or met, nor answered.
  untouched      bigint NOT NULL,
  with_base      bigint NOT NULL,
  without_amount bigint NOT NULL,
  without_rate   bigint NOT NULL,
  base           numeric NOT NULL,
  own            numeric NOT NULL,
  plain          numeric NOT NULL,
  PRIMARY KEY (workspace_id, seq)
);

-- How the open pipeline stood at the end of a day, added up from its snapshot: 0 everything, 1 each team, 2 each owner in each
-- team. Deals that are gone by now are in it; who reads takes them out. Not by source, which a merge may change afterwards.
CREATE TABLE metric_open_day (
  workspace_id uuid NOT NULL,
  day          date NOT NULL,
  g            smallint NOT NULL CONSTRAINT open_day_set_is_known CHECK (g BETWEEN 0 AND 2),
  team_id      uuid NOT NULL,
  owner_id     uuid NOT NULL,
  deals          integer NOT NULL,
  with_base      integer NOT NULL,
  without_amount integer NOT NULL,
  without_rate   integer NOT NULL,
  base           numeric NOT NULL,
  -- Amounts times their percentage.
  weight         numeric NOT NULL,
  PRIMARY KEY (workspace_id, g, owner_id, team_id, day)
);

-- Days (`what` 0) and months of durations (`what` its kind) that are not as kept any more. The day before all others means
-- all of it.
CREATE TABLE metric_dirty (
  workspace_id uuid NOT NULL,
  day          date NOT NULL,
  what         smallint NOT NULL DEFAULT 0,
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  at           timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, what, day, seq)
);

-- One row for each statement that changed anything a dashboard shows. Counting them tells two states of the data apart,
-- whatever the order their transactions end in.
CREATE TABLE metric_touch (
  workspace_id uuid NOT NULL,
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (workspace_id, seq)
);

-- These few rows come and go all day.
ALTER TABLE metric_dirty SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE metric_touch SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE metric_open_delta SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE FUNCTION nobody() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN '00000000-0000-0000-0000-000000000000'::uuid;

-- Which of the sets a row of GROUPING SETS ((), (team), (team, owner), (source), (team, source)) is of.
CREATE FUNCTION metric_set(grouped integer) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE grouped WHEN 7 THEN 0 WHEN 3 THEN 1 WHEN 1 THEN 2 WHEN 6 THEN 3 ELSE 4 END::smallint;

-- 0 an open deal, 1 an open lead, 2 anything else that is there; null is deleted.
CREATE FUNCTION metric_state(kind lead_kind, status lead_status, deleted_at timestamptz) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN deleted_at IS NOT NULL THEN NULL WHEN status <> 'open' THEN 2 WHEN kind = 'opportunity' THEN 0 ELSE 1 END::smallint;

-- The first of a day's month.
CREATE FUNCTION metric_month(day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN date_trunc('month', day::timestamp)::date;

-- ---------------------------------------------------------------- computed from the rows
-- Sums of the local days from `from_day` up to, and without, `to_day`. The definitions of lib/metrics/reads/measure-sql.ts;
-- a test compares them.
CREATE FUNCTION metric_day_compute(of_workspace uuid, from_day date, to_day date) RETURNS SETOF metric_day
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
         coalesce(sum(e.closed_day - e.opportunity_day) FILTER (WHERE e.fact = 3 AND e.status = 'won'), 0)::bigint
    FROM (
      SELECT 1 AS fact, (l.created_at AT TIME ZONE z)::date AS day, l.first_team_id AS team, l.first_owner_id AS owner, l.source_id AS source, l.status,
             (l.opportunity_at AT TIME ZONE z)::date AS opportunity_day, (l.closed_at AT TIME ZONE z)::date AS closed_day,
             l.first_response_at, l.response_minutes, NULL::bigint AS base_minor, NULL::bigint AS amount_minor
        FROM lead l
       WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.created_at >= lo AND l.created_at < hi
      UNION ALL
      SELECT 2, (l.opportunity_at AT TIME ZONE z)::date, l.opportunity_team_id, l.opportunity_owner_id, l.source_id, l.status, NULL, NULL, NULL, NULL, l.base_minor, NULL
        FROM lead l
       WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.opportunity_at >= lo AND l.opportunity_at < hi
      UNION ALL
      SELECT 3, (l.closed_at AT TIME ZONE z)::date, l.closed_team_id, l.closed_owner_id, l.source_id, l.status,
             (l.opportunity_at AT TIME ZONE z)::date, (l.closed_at AT TIME ZONE z)::date, NULL, NULL, l.base_minor, l.amount_minor
        FROM lead l
       WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.closed_at >= lo AND l.closed_at < hi
         AND l.kind = 'opportunity' AND l.status IN ('won', 'lost')) e
   WHERE e.day >= from_day AND e.day < to_day
   GROUP BY GROUPING SETS ((e.day), (e.day, e.team), (e.day, e.team, e.owner), (e.day, e.source), (e.day, e.team, e.source));
END $$;

-- How often each duration came in the months from `from_month` up to, and without, `to_month`.
CREATE FUNCTION metric_duration_compute(of_workspace uuid, of_kind smallint, from_month date, to_month date) RETURNS SETOF metric_duration
LANGUAGE plpgsql STABLE SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  z text;
  lo timestamptz;
  hi timestamptz;
BEGIN
  SELECT w.zone INTO z FROM workspace w WHERE w.id = of_workspace;
  lo := (from_month::timestamp AT TIME ZONE z) - interval '3 hours';
  hi := (to_month::timestamp AT TIME ZONE z) + interval '3 hours';
  RETURN QUERY
  SELECT of_workspace, of_kind, e.month, CASE WHEN grouping(e.team) = 1 THEN 0 ELSE 1 END::smallint, coalesce(e.team, nobody()), e.value, count(*)::int
    FROM (
      SELECT date_trunc('month', l.created_at AT TIME ZONE z)::date AS month, l.first_team_id AS team, l.response_minutes AS value
        FROM lead l
       WHERE of_kind = 1 AND l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.created_at >= lo AND l.created_at < hi
         AND l.status <> 'junked' AND l.response_minutes IS NOT NULL
      UNION ALL
      SELECT date_trunc('month', l.closed_at AT TIME ZONE z)::date, l.closed_team_id,
             (l.closed_at AT TIME ZONE z)::date - (CASE of_kind WHEN 2 THEN l.opportunity_at ELSE l.created_at END AT TIME ZONE z)::date
        FROM lead l
       WHERE of_kind IN (2, 3) AND l.workspace_id = of_workspace AND l.deleted_at IS NULL AND l.closed_at >= lo AND l.closed_at < hi
         AND l.kind = 'opportunity' AND l.status = 'won') e
   WHERE e.month >= from_month AND e.month < to_month
   GROUP BY GROUPING SETS ((e.month, e.value), (e.month, e.value, e.team));
END $$;

-- What there is now, as the rows say it is.
CREATE FUNCTION metric_open_compute(of_workspace uuid) RETURNS SETOF metric_open LANGUAGE sql STABLE SET jit = off AS $$
  SELECT of_workspace, metric_set(grouping(e.team, e.owner, e.source)), e.state, coalesce(e.pipeline, nobody()), coalesce(e.stage, nobody()), coalesce(e.team, nobody()),
         coalesce(e.owner, nobody()), coalesce(e.source, nobody()), e.category, coalesce(e.month, '-infinity'),
         count(*), count(*) FILTER (WHERE e.untouched), count(e.base), count(*) FILTER (WHERE e.state = 0 AND e.amount IS NULL),
         count(*) FILTER (WHERE e.amount IS NOT NULL AND e.base IS NULL), coalesce(sum(e.base), 0), coalesce(sum(e.base * e.percent), 0), coalesce(sum(e.base) FILTER (WHERE e.percent IS NULL), 0)
    FROM (SELECT x.state, l.team_id AS team, l.owner_id AS owner, l.source_id AS source, (l.last_touch_at IS NULL AND l.first_response_at IS NULL) AS untouched,
                 CASE x.state WHEN 0 THEN l.pipeline_id END AS pipeline, CASE x.state WHEN 0 THEN l.stage_id END AS stage,
                 coalesce(CASE x.state WHEN 0 THEN l.category::text END, '') AS category, coalesce(CASE x.state WHEN 0 THEN metric_month(l.expected_close) END, '-infinity') AS month,
                 CASE x.state WHEN 0 THEN l.amount_minor END AS amount, CASE x.state WHEN 0 THEN l.base_minor END AS base, coalesce(l.probability_manual, l.probability_model) AS percent
            FROM lead l CROSS JOIN LATERAL (SELECT metric_state(l.kind, l.status, l.deleted_at) AS state) x
           WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL) e
   GROUP BY GROUPING SETS ((e.state, e.pipeline, e.stage, e.category, e.month), (e.state, e.pipeline, e.stage, e.category, e.month, e.team),
                           (e.state, e.pipeline, e.stage, e.category, e.team, e.owner), (e.state, e.pipeline, e.stage, e.category, e.source),
                           (e.state, e.pipeline, e.stage, e.category, e.team, e.source))
$$;

-- ---------------------------------------------------------------- kept up to date
CREATE FUNCTION metric_days_write(of_workspace uuid, from_day date, to_day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM metric_day d WHERE d.workspace_id = of_workspace AND d.g BETWEEN 0 AND 4 AND d.day >= from_day AND d.day < to_day;
  INSERT INTO metric_day SELECT * FROM metric_day_compute(of_workspace, from_day, to_day) c ORDER BY c.g, c.day;
END $$;

CREATE FUNCTION metric_durations_write(of_workspace uuid, of_kind smallint, from_month date, to_month date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM metric_duration d WHERE d.workspace_id = of_workspace AND d.kind = of_kind AND d.month >= from_month AND d.month < to_month;
  INSERT INTO metric_duration SELECT * FROM metric_duration_compute(of_workspace, of_kind, from_month, to_month) c ORDER BY c.g, c.team_id, c.month, c.value;
END $$;

-- The day's open pipeline from its snapshot. False: there is no snapshot of that day.
CREATE FUNCTION metric_open_day_write(of_workspace uuid, of_day date) RETURNS boolean LANGUAGE plpgsql SET jit = off AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pipeline_snapshot_day d WHERE d.workspace_id = of_workspace AND d.day = of_day) THEN RETURN false; END IF;
  DELETE FROM metric_open_day d WHERE d.workspace_id = of_workspace AND d.g BETWEEN 0 AND 2 AND d.day = of_day;
  INSERT INTO metric_open_day
  SELECT of_workspace, of_day, CASE grouping(e.team_id, e.owner_id) WHEN 3 THEN 0 WHEN 1 THEN 1 ELSE 2 END, coalesce(e.team_id, nobody()), coalesce(e.owner_id, nobody()),
         count(*), count(e.base_minor), count(*) FILTER (WHERE e.amount_minor IS NULL), count(*) FILTER (WHERE e.amount_minor IS NOT NULL AND e.base_minor IS NULL),
         coalesce(sum(e.base_minor), 0), coalesce(sum(e.base_minor * e.probability), 0)
    FROM pipeline_snapshot e
   WHERE e.workspace_id = of_workspace AND e.from_day <= of_day AND (e.to_day IS NULL OR e.to_day > of_day)
   GROUP BY GROUPING SETS ((), (e.team_id), (e.team_id, e.owner_id));
  RETURN true;
END $$;

-- Puts together what was added to the open pipeline and taken away.
CREATE FUNCTION metric_open_fold(of_workspace uuid) RETURNS bigint LANGUAGE plpgsql SET jit = off AS $$
DECLARE
  folded bigint;
BEGIN
  WITH gone AS (DELETE FROM metric_open_delta d WHERE d.workspace_id = of_workspace RETURNING d.*),
  sums AS (
    SELECT metric_set(grouping(e.team_id, e.owner_id, e.source_id)) AS g, e.state, e.pipeline_id, e.stage_id, coalesce(e.team_id, nobody()) AS team_id,
           coalesce(e.owner_id, nobody()) AS owner_id, coalesce(e.source_id, nobody()) AS source_id, e.category, coalesce(e.month, '-infinity') AS month,
           sum(e.deals)::bigint AS deals, sum(e.untouched)::bigint AS untouched, sum(e.with_base)::bigint AS with_base, sum(e.without_amount)::bigint AS without_amount,
           sum(e.without_rate)::bigint AS without_rate, sum(e.base) AS base, sum(e.own) AS own, sum(e.plain) AS plain
      FROM gone e
     GROUP BY GROUPING SETS ((e.state, e.pipeline_id, e.stage_id, e.category, e.month), (e.state, e.pipeline_id, e.stage_id, e.category, e.month, e.team_id),
                             (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.owner_id), (e.state, e.pipeline_id, e.stage_id, e.category, e.source_id),
                             (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.source_id))),
  kept AS (
    INSERT INTO metric_open AS o (workspace_id, g, state, pipeline_id, stage_id, team_id, owner_id, source_id, category, month, deals, untouched, with_base, without_amount, without_rate, base, own, plain)
    SELECT of_workspace, s.g, s.state, s.pipeline_id, s.stage_id, s.team_id, s.owner_id, s.source_id, s.category, s.month, s.deals, s.untouched, s.with_base, s.without_amount, s.without_rate, s.base, s.own, s.plain FROM sums s
    ON CONFLICT (workspace_id, g, state, owner_id, team_id, source_id, pipeline_id, stage_id, category, month) DO UPDATE SET
      deals = o.deals + excluded.deals, untouched = o.untouched + excluded.untouched, with_base = o.with_base + excluded.with_base, without_amount = o.without_amount + excluded.without_amount,
      without_rate = o.without_rate + excluded.without_rate, base = o.base + excluded.base, own = o.own + excluded.own, plain = o.plain + excluded.plain)
  SELECT count(*) INTO folded FROM gone;
  -- Cells nobody stands in any more say nothing.
  IF folded > 0 THEN DELETE FROM metric_open o WHERE o.workspace_id = of_workspace AND o.deals = 0; END IF;
  RETURN folded;
END $$;

-- Everything from the rows again. Nobody may change leads meanwhile: one snapshot, or a lock on them.
CREATE FUNCTION metric_rebuild(of_workspace uuid) RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
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

-- Takes the marks it sees, at most so many days at once, and makes those days anew; marks that came since stay. One snapshot
-- is what makes it right: what it takes away is what it has seen the rows of.
CREATE FUNCTION metric_compact(of_workspace uuid, at_most integer, now_is timestamptz, OUT days integer, OUT months integer, OUT deltas bigint, OUT touches bigint, OUT more boolean)
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

-- ---------------------------------------------------------------- compared with the rows
-- Days that are said to be as kept and are not.
CREATE FUNCTION metric_day_drift(of_workspace uuid, from_day date, to_day date) RETURNS SETOF date LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day = '-infinity') THEN RETURN; END IF;
  RETURN QUERY
  WITH kept AS (SELECT k.* FROM metric_day k WHERE k.workspace_id = of_workspace AND k.g BETWEEN 0 AND 4 AND k.day >= from_day AND k.day < to_day),
  made AS (SELECT c.* FROM metric_day_compute(of_workspace, from_day, to_day) c)
  SELECT DISTINCT x.day FROM ((TABLE kept EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE kept)) x
   WHERE NOT EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day = x.day)
   ORDER BY x.day;
END $$;

-- Months whose durations are said to be as kept and are not.
CREATE FUNCTION metric_duration_drift(of_workspace uuid, of_kind smallint, from_month date, to_month date) RETURNS SETOF date LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = 0 AND d.day = '-infinity') THEN RETURN; END IF;
  RETURN QUERY
  WITH kept AS (SELECT k.* FROM metric_duration k WHERE k.workspace_id = of_workspace AND k.kind = of_kind AND k.month >= from_month AND k.month < to_month),
  made AS (SELECT c.* FROM metric_duration_compute(of_workspace, of_kind, from_month, to_month) c)
  SELECT DISTINCT x.month FROM ((TABLE kept EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE kept)) x
   WHERE NOT EXISTS (SELECT FROM metric_dirty d WHERE d.workspace_id = of_workspace AND d.what = of_kind AND d.day = x.month)
   ORDER BY x.month;
END $$;

-- How many cells of what there is now, pending changes added, differ from the rows.
CREATE FUNCTION metric_open_drift(of_workspace uuid) RETURNS bigint LANGUAGE sql STABLE SET jit = off AS $$
  SELECT count(*) FROM (
    SELECT FROM (
      SELECT o.g, o.state, o.pipeline_id, o.stage_id, o.team_id, o.owner_id, o.source_id, o.category, o.month, o.deals, o.untouched, o.with_base, o.without_amount, o.without_rate, o.base, o.own, o.plain
        FROM metric_open o WHERE o.workspace_id = of_workspace
      UNION ALL
      SELECT metric_set(grouping(e.team_id, e.owner_id, e.source_id)), e.state, e.pipeline_id, e.stage_id, coalesce(e.team_id, nobody()), coalesce(e.owner_id, nobody()), coalesce(e.source_id, nobody()),
             e.category, coalesce(e.month, '-infinity'), sum(e.deals)::bigint, sum(e.untouched)::bigint, sum(e.with_base)::bigint, sum(e.without_amount)::bigint, sum(e.without_rate)::bigint, sum(e.base), sum(e.own), sum(e.plain)
        FROM metric_open_delta e WHERE e.workspace_id = of_workspace
       GROUP BY GROUPING SETS ((e.state, e.pipeline_id, e.stage_id, e.category, e.month), (e.state, e.pipeline_id, e.stage_id, e.category, e.month, e.team_id),
                               (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.owner_id), (e.state, e.pipeline_id, e.stage_id, e.category, e.source_id),
                               (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.source_id))
      UNION ALL
      SELECT c.g, c.state, c.pipeline_id, c.stage_id, c.team_id, c.owner_id, c.source_id, c.category, c.month, -c.deals, -c.untouched, -c.with_base, -c.without_amount, -c.without_rate, -c.base, -c.own, -c.plain
        FROM metric_open_compute(of_workspace) c) x
     GROUP BY x.g, x.state, x.pipeline_id, x.stage_id, x.team_id, x.owner_id, x.source_id, x.category, x.month
    HAVING (sum(x.deals), sum(x.untouched), sum(x.with_base), sum(x.without_amount), sum(x.without_rate), sum(x.base), sum(x.own), sum(x.plain)) IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0)) differing
$$;

-- ---------------------------------------------------------------- marked by whoever writes
CREATE FUNCTION metric_lead_is_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_touch (workspace_id) SELECT DISTINCT b.workspace_id FROM born b;
  INSERT INTO metric_dirty (workspace_id, day, what)
  SELECT DISTINCT m.workspace_id, CASE m.what WHEN 0 THEN m.day ELSE metric_month(m.day) END, m.what
    FROM (SELECT b.workspace_id, x.what, (x.moment AT TIME ZONE w.zone)::date AS day
            FROM born b JOIN workspace w ON w.id = b.workspace_id
           CROSS JOIN LATERAL (VALUES (0::smallint, b.created_at), (0::smallint, b.opportunity_at), (0::smallint, b.closed_at),
                                      (1::smallint, CASE WHEN b.response_minutes IS NOT NULL THEN b.created_at END),
                                      (2::smallint, CASE WHEN b.status = 'won' THEN b.closed_at END), (3::smallint, CASE WHEN b.status = 'won' THEN b.closed_at END)) AS x (what, moment)
           WHERE b.deleted_at IS NULL AND x.moment IS NOT NULL) m;
  INSERT INTO metric_open_delta (workspace_id, state, pipeline_id, stage_id, team_id, owner_id, source_id, category, month, deals, untouched, with_base, without_amount, without_rate, base, own, plain)
  SELECT e.workspace_id, e.state, coalesce(e.pipeline, nobody()), coalesce(e.stage, nobody()), coalesce(e.team, nobody()), coalesce(e.owner, nobody()), coalesce(e.source, nobody()),
         e.category, e.month,
         count(*), count(*) FILTER (WHERE e.untouched), count(e.base), count(*) FILTER (WHERE e.state = 0 AND e.amount IS NULL),
         count(*) FILTER (WHERE e.amount IS NOT NULL AND e.base IS NULL), coalesce(sum(e.base), 0), coalesce(sum(e.base * e.percent), 0), coalesce(sum(e.base) FILTER (WHERE e.percent IS NULL), 0)
    FROM (SELECT b.workspace_id, x.state, b.team_id AS team, b.owner_id AS owner, b.source_id AS source, (b.last_touch_at IS NULL AND b.first_response_at IS NULL) AS untouched,
                 CASE x.state WHEN 0 THEN b.pipeline_id END AS pipeline, CASE x.state WHEN 0 THEN b.stage_id END AS stage,
                 coalesce(CASE x.state WHEN 0 THEN b.category::text END, '') AS category, coalesce(CASE x.state WHEN 0 THEN metric_month(b.expected_close) END, '-infinity') AS month,
                 CASE x.state WHEN 0 THEN b.amount_minor END AS amount, CASE x.state WHEN 0 THEN b.base_minor END AS base, coalesce(b.probability_manual, b.probability_model) AS percent
            FROM born b CROSS JOIN LATERAL (SELECT metric_state(b.kind, b.status, b.deleted_at) AS state) x
           WHERE b.deleted_at IS NULL) e
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  RETURN NULL;
END $$;
CREATE TRIGGER metric_lead_is_born AFTER INSERT ON lead REFERENCING NEW TABLE AS born FOR EACH STATEMENT EXECUTE FUNCTION metric_lead_is_born();

-- Only what counts: a new name marks nothing. Both the day it was counted in and the day it is counted in now are marked.
CREATE FUNCTION metric_lead_lives() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off SET enable_hashjoin = on AS $$
BEGIN
  INSERT INTO metric_touch (workspace_id) SELECT DISTINCT n.workspace_id FROM after n;
  INSERT INTO metric_dirty (workspace_id, day, what)
  SELECT DISTINCT m.workspace_id, CASE m.what WHEN 0 THEN m.day ELSE metric_month(m.day) END, m.what
    FROM (SELECT n.workspace_id, x.what, (x.moment AT TIME ZONE w.zone)::date AS day
            FROM before o
            JOIN after n ON n.workspace_id = o.workspace_id AND n.id = o.id
            JOIN workspace w ON w.id = n.workspace_id
           CROSS JOIN LATERAL (SELECT
             (o.created_at, o.first_team_id, o.first_owner_id, o.source_id, o.status, o.opportunity_at, o.closed_at, o.first_response_at IS NULL, o.response_minutes, o.deleted_at IS NULL)
               IS DISTINCT FROM
             (n.created_at, n.first_team_id, n.first_owner_id, n.source_id, n.status, n.opportunity_at, n.closed_at, n.first_response_at IS NULL, n.response_minutes, n.deleted_at IS NULL) AS arrival,
             (o.opportunity_at, o.opportunity_team_id, o.opportunity_owner_id, o.source_id, o.base_minor, o.deleted_at IS NULL)
               IS DISTINCT FROM
             (n.opportunity_at, n.opportunity_team_id, n.opportunity_owner_id, n.source_id, n.base_minor, n.deleted_at IS NULL) AS chance,
             (o.closed_at, o.closed_team_id, o.closed_owner_id, o.source_id, o.kind, o.status, o.base_minor, o.amount_minor IS NULL, o.opportunity_at, o.deleted_at IS NULL)
               IS DISTINCT FROM
             (n.closed_at, n.closed_team_id, n.closed_owner_id, n.source_id, n.kind, n.status, n.base_minor, n.amount_minor IS NULL, n.opportunity_at, n.deleted_at IS NULL) AS closing,
             (o.created_at, o.first_team_id, o.status = 'junked', o.response_minutes, o.deleted_at IS NULL)
               IS DISTINCT FROM
             (n.created_at, n.first_team_id, n.status = 'junked', n.response_minutes, n.deleted_at IS NULL) AS answer,
             (o.closed_at, o.closed_team_id, o.status = 'won', o.created_at, o.opportunity_at, o.deleted_at IS NULL)
               IS DISTINCT FROM
             (n.closed_at, n.closed_team_id, n.status = 'won', n.created_at, n.opportunity_at, n.deleted_at IS NULL) AS lasting) c
           CROSS JOIN LATERAL (VALUES
             (0::smallint, o.created_at, c.arrival), (0::smallint, n.created_at, c.arrival),
             (0::smallint, o.opportunity_at, c.chance), (0::smallint, n.opportunity_at, c.chance),
             (0::smallint, o.closed_at, c.closing), (0::smallint, n.closed_at, c.closing),
             (1::smallint, o.created_at, c.answer AND o.response_minutes IS NOT NULL), (1::smallint, n.created_at, c.answer AND n.response_minutes IS NOT NULL),
             (2::smallint, o.closed_at, c.lasting AND o.status = 'won'), (2::smallint, n.closed_at, c.lasting AND n.status = 'won'),
             (3::smallint, o.closed_at, c.lasting AND o.status = 'won'), (3::smallint, n.closed_at, c.lasting AND n.status = 'won')
           ) AS x (what, moment, holds)
           WHERE x.holds AND x.moment IS NOT NULL) m;
  INSERT INTO metric_open_delta (workspace_id, state, pipeline_id, stage_id, team_id, owner_id, source_id, category, month, deals, untouched, with_base, without_amount, without_rate, base, own, plain)
  SELECT * FROM (
    SELECT e.workspace_id, e.state, coalesce(e.pipeline, nobody()), coalesce(e.stage, nobody()), coalesce(e.team, nobody()), coalesce(e.owner, nobody()), coalesce(e.source, nobody()),
           e.category, e.month,
           sum(e.sign) AS deals, coalesce(sum(e.sign) FILTER (WHERE e.untouched), 0) AS untouched, coalesce(sum(e.sign) FILTER (WHERE e.base IS NOT NULL), 0) AS with_base,
           coalesce(sum(e.sign) FILTER (WHERE e.state = 0 AND e.amount IS NULL), 0) AS without_amount, coalesce(sum(e.sign) FILTER (WHERE e.amount IS NOT NULL AND e.base IS NULL), 0) AS without_rate,
           coalesce(sum(e.sign * e.base), 0) AS base, coalesce(sum(e.sign * e.base * e.percent), 0) AS own, coalesce(sum(e.sign * e.base) FILTER (WHERE e.percent IS NULL), 0) AS plain
      FROM (SELECT n.workspace_id, y.sign, y.state, y.team, y.owner, y.source, y.untouched, CASE y.state WHEN 0 THEN y.pipeline END AS pipeline, CASE y.state WHEN 0 THEN y.stage END AS stage,
                   coalesce(CASE y.state WHEN 0 THEN y.category::text END, '') AS category, coalesce(CASE y.state WHEN 0 THEN metric_month(y.expected_close) END, '-infinity') AS month,
                   CASE y.state WHEN 0 THEN y.amount END AS amount, CASE y.state WHEN 0 THEN y.base END AS base, y.percent
              FROM before o
              JOIN after n ON n.workspace_id = o.workspace_id AND n.id = o.id
             CROSS JOIN LATERAL (VALUES
               (-1, metric_state(o.kind, o.status, o.deleted_at), o.pipeline_id, o.stage_id, o.team_id, o.owner_id, o.source_id, o.category, o.expected_close, o.amount_minor, o.base_minor,
                coalesce(o.probability_manual, o.probability_model), o.last_touch_at IS NULL AND o.first_response_at IS NULL),
               (1, metric_state(n.kind, n.status, n.deleted_at), n.pipeline_id, n.stage_id, n.team_id, n.owner_id, n.source_id, n.category, n.expected_close, n.amount_minor, n.base_minor,
                coalesce(n.probability_manual, n.probability_model), n.last_touch_at IS NULL AND n.first_response_at IS NULL)
             ) AS y (sign, state, pipeline, stage, team, owner, source, category, expected_close, amount, base, percent, untouched)
             WHERE y.state IS NOT NULL
               AND (o.kind, o.status, o.deleted_at IS NULL, o.pipeline_id, o.stage_id, o.team_id, o.owner_id, o.source_id, o.category, o.expected_close, o.amount_minor IS NULL, o.base_minor,
                    o.probability_manual, o.probability_model, o.last_touch_at IS NULL AND o.first_response_at IS NULL)
                 IS DISTINCT FROM
                   (n.kind, n.status, n.deleted_at IS NULL, n.pipeline_id, n.stage_id, n.team_id, n.owner_id, n.source_id, n.category, n.expected_close, n.amount_minor IS NULL, n.base_minor,
                    n.probability_manual, n.probability_model, n.last_touch_at IS NULL AND n.first_response_at IS NULL)) e
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) d
   WHERE (d.deals, d.untouched, d.with_base, d.without_amount, d.without_rate, d.base, d.own, d.plain) IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER metric_lead_lives AFTER UPDATE ON lead REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION metric_lead_lives();

-- Anything else a dashboard shows tells two states of the data apart. For any table with a workspace_id:
-- CREATE TRIGGER … AFTER … REFERENCING NEW (deleted: OLD) TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched().
CREATE FUNCTION metric_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_touch (workspace_id) SELECT DISTINCT t.workspace_id FROM touched t;
  RETURN NULL;
END $$;
DO $$
DECLARE
  of_table text;
BEGIN
  FOREACH of_table IN ARRAY ARRAY['target', 'activity', 'stage', 'pipeline', 'sales_team', 'sales_team_member', 'sales_person', 'lead_source', 'lost_reason', 'product',
                                  'fx_rate', 'lead_meeting', 'meeting', 'pipeline_snapshot_day'] LOOP
    EXECUTE format('CREATE TRIGGER metric_touched_new AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched()', of_table);
    EXECUTE format('CREATE TRIGGER metric_touched_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched()', of_table);
    EXECUTE format('CREATE TRIGGER metric_touched_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION metric_touched()', of_table);
  END LOOP;
END $$;

CREATE FUNCTION metric_person_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_touch (workspace_id) VALUES (NEW.workspace_id);
  RETURN NULL;
END $$;
CREATE TRIGGER metric_person_touched AFTER UPDATE OF name, removed_at ON app_user FOR EACH ROW
  WHEN ((OLD.name, OLD.removed_at) IS DISTINCT FROM (NEW.name, NEW.removed_at)) EXECUTE FUNCTION metric_person_touched();

-- Another zone has other days: all of them are made anew, and read from the rows until they are.
CREATE FUNCTION metric_workspace_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_touch (workspace_id) VALUES (NEW.id);
  IF (OLD.zone, OLD.base_currency) IS DISTINCT FROM (NEW.zone, NEW.base_currency) THEN
    INSERT INTO metric_dirty (workspace_id, day) VALUES (NEW.id, '-infinity');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER metric_workspace_changes AFTER UPDATE OF zone, base_currency, fiscal_year_start, name ON workspace FOR EACH ROW EXECUTE FUNCTION metric_workspace_changes();

CREATE FUNCTION metric_workspace_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_rollup (workspace_id, zone) VALUES (NEW.id, NEW.zone);
  RETURN NULL;
END $$;
CREATE TRIGGER metric_workspace_begins AFTER INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION metric_workspace_begins();

-- ---------------------------------------------------------------- what there is already
SELECT metric_rebuild(id) FROM workspace;
SELECT metric_open_day_write(workspace_id, day) FROM pipeline_snapshot_day;
