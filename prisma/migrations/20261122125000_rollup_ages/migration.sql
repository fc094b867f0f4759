-- How old open deals are, by stage: the sixth set of what there is now holds the day they became opportunities. And whoever
-- asks for a customer's other deals finds the won ones in an index of their own.
CREATE INDEX lead_won_company_idx ON lead (workspace_id, company_id, closed_at, id) WHERE status = 'won' AND deleted_at IS NULL;
CREATE INDEX lead_won_contact_idx ON lead (workspace_id, contact_id, closed_at, id) WHERE status = 'won' AND deleted_at IS NULL AND company_id IS NULL;

ALTER TABLE metric_open DROP CONSTRAINT open_set_is_known,
  ADD CONSTRAINT open_set_is_known CHECK (g BETWEEN 0 AND 5);
-- Of an open deal, the local day it became an opportunity.
ALTER TABLE metric_open_delta ADD COLUMN opened date NOT NULL DEFAULT '-infinity';

-- Which of the sets a row of GROUPING SETS ((), (team), (team, owner), (source), (team, source), (opened)) is of.
CREATE FUNCTION metric_open_set(grouped integer) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN grouped & 1 = 0 THEN 5 ELSE metric_set(grouped >> 1) END::smallint;

CREATE OR REPLACE FUNCTION metric_open_compute(of_workspace uuid) RETURNS SETOF metric_open LANGUAGE sql STABLE SET jit = off AS $$
  SELECT of_workspace, metric_open_set(grouping(e.team, e.owner, e.source, e.opened)), e.state, coalesce(e.pipeline, nobody()), coalesce(e.stage, nobody()), coalesce(e.team, nobody()),
         coalesce(e.owner, nobody()), coalesce(e.source, nobody()), coalesce(e.category, ''), CASE WHEN grouping(e.opened) = 0 THEN e.opened ELSE coalesce(e.month, '-infinity') END,
         count(*), count(*) FILTER (WHERE e.untouched), count(e.base), count(*) FILTER (WHERE e.state = 0 AND e.amount IS NULL),
         count(*) FILTER (WHERE e.amount IS NOT NULL AND e.base IS NULL), coalesce(sum(e.base), 0), coalesce(sum(e.base * e.percent), 0), coalesce(sum(e.base) FILTER (WHERE e.percent IS NULL), 0)
    FROM (SELECT x.state, l.team_id AS team, l.owner_id AS owner, l.source_id AS source, (l.last_touch_at IS NULL AND l.first_response_at IS NULL) AS untouched,
                 CASE x.state WHEN 0 THEN l.pipeline_id END AS pipeline, CASE x.state WHEN 0 THEN l.stage_id END AS stage,
                 coalesce(CASE x.state WHEN 0 THEN l.category::text END, '') AS category, coalesce(CASE x.state WHEN 0 THEN metric_month(l.expected_close) END, '-infinity') AS month,
                 coalesce(CASE x.state WHEN 0 THEN (l.opportunity_at AT TIME ZONE w.zone)::date END, '-infinity') AS opened, CASE x.state WHEN 0 THEN l.amount_minor END AS amount, CASE x.state WHEN 0 THEN l.base_minor END AS base, coalesce(l.probability_manual, l.probability_model) AS percent
            FROM lead l JOIN workspace w ON w.id = l.workspace_id CROSS JOIN LATERAL (SELECT metric_state(l.kind, l.status, l.deleted_at) AS state) x
           WHERE l.workspace_id = of_workspace AND l.deleted_at IS NULL) e
   GROUP BY GROUPING SETS ((e.state, e.pipeline, e.stage, e.category, e.month), (e.state, e.pipeline, e.stage, e.category, e.month, e.team),
                           (e.state, e.pipeline, e.stage, e.category, e.team, e.owner), (e.state, e.pipeline, e.stage, e.category, e.source),
                           (e.state, e.pipeline, e.stage, e.category, e.team, e.source),
                           (e.state, e.pipeline, e.stage, e.opened))
$$;

CREATE OR REPLACE FUNCTION metric_open_fold(of_workspace uuid) RETURNS bigint LANGUAGE plpgsql SET jit = off AS $$
DECLARE
  folded bigint;
BEGIN
  WITH gone AS (DELETE FROM metric_open_delta d WHERE d.workspace_id = of_workspace RETURNING d.*),
  sums AS (
    SELECT metric_open_set(grouping(e.team_id, e.owner_id, e.source_id, e.opened)) AS g, e.state, e.pipeline_id, e.stage_id, coalesce(e.team_id, nobody()) AS team_id,
           coalesce(e.owner_id, nobody()) AS owner_id, coalesce(e.source_id, nobody()) AS source_id, coalesce(e.category, '') AS category, CASE WHEN grouping(e.opened) = 0 THEN e.opened ELSE coalesce(e.month, '-infinity') END AS month,
           sum(e.deals)::bigint AS deals, sum(e.untouched)::bigint AS untouched, sum(e.with_base)::bigint AS with_base, sum(e.without_amount)::bigint AS without_amount,
           sum(e.without_rate)::bigint AS without_rate, sum(e.base) AS base, sum(e.own) AS own, sum(e.plain) AS plain
      FROM gone e
     GROUP BY GROUPING SETS ((e.state, e.pipeline_id, e.stage_id, e.category, e.month), (e.state, e.pipeline_id, e.stage_id, e.category, e.month, e.team_id),
                             (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.owner_id), (e.state, e.pipeline_id, e.stage_id, e.category, e.source_id),
                             (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.source_id),
                             (e.state, e.pipeline_id, e.stage_id, e.opened))),
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

CREATE OR REPLACE FUNCTION metric_open_drift(of_workspace uuid) RETURNS bigint LANGUAGE sql STABLE SET jit = off AS $$
  SELECT count(*) FROM (
    SELECT FROM (
      SELECT o.g, o.state, o.pipeline_id, o.stage_id, o.team_id, o.owner_id, o.source_id, o.category, o.month, o.deals, o.untouched, o.with_base, o.without_amount, o.without_rate, o.base, o.own, o.plain
        FROM metric_open o WHERE o.workspace_id = of_workspace
      UNION ALL
      SELECT metric_open_set(grouping(e.team_id, e.owner_id, e.source_id, e.opened)), e.state, e.pipeline_id, e.stage_id, coalesce(e.team_id, nobody()), coalesce(e.owner_id, nobody()), coalesce(e.source_id, nobody()),
             coalesce(e.category, ''), CASE WHEN grouping(e.opened) = 0 THEN e.opened ELSE coalesce(e.month, '-infinity') END, sum(e.deals)::bigint, sum(e.untouched)::bigint, sum(e.with_base)::bigint, sum(e.without_amount)::bigint, sum(e.without_rate)::bigint, sum(e.base), sum(e.own), sum(e.plain)
        FROM metric_open_delta e WHERE e.workspace_id = of_workspace
       GROUP BY GROUPING SETS ((e.state, e.pipeline_id, e.stage_id, e.category, e.month), (e.state, e.pipeline_id, e.stage_id, e.category, e.month, e.team_id),
                               (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.owner_id), (e.state, e.pipeline_id, e.stage_id, e.category, e.source_id),
                               (e.state, e.pipeline_id, e.stage_id, e.category, e.team_id, e.source_id),
                               (e.state, e.pipeline_id, e.stage_id, e.opened))
      UNION ALL
      SELECT c.g, c.state, c.pipeline_id, c.stage_id, c.team_id, c.owner_id, c.source_id, c.category, c.month, -c.deals, -c.untouched, -c.with_base, -c.without_amount, -c.without_rate, -c.base, -c.own, -c.plain
        FROM metric_open_compute(of_workspace) c) x
     GROUP BY x.g, x.state, x.pipeline_id, x.stage_id, x.team_id, x.owner_id, x.source_id, x.category, x.month
    HAVING (sum(x.deals), sum(x.untouched), sum(x.with_base), sum(x.without_amount), sum(x.without_rate), sum(x.base), sum(x.own), sum(x.plain)) IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0)) differing
$$;

CREATE OR REPLACE FUNCTION metric_lead_is_born() RETURNS trigger LANGUAGE plpgsql AS $$
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
  INSERT INTO metric_open_delta (workspace_id, state, pipeline_id, stage_id, team_id, owner_id, source_id, category, month, opened, deals, untouched, with_base, without_amount, without_rate, base, own, plain)
  SELECT e.workspace_id, e.state, coalesce(e.pipeline, nobody()), coalesce(e.stage, nobody()), coalesce(e.team, nobody()), coalesce(e.owner, nobody()), coalesce(e.source, nobody()),
         e.category, e.month, e.opened,
         count(*), count(*) FILTER (WHERE e.untouched), count(e.base), count(*) FILTER (WHERE e.state = 0 AND e.amount IS NULL),
         count(*) FILTER (WHERE e.amount IS NOT NULL AND e.base IS NULL), coalesce(sum(e.base), 0), coalesce(sum(e.base * e.percent), 0), coalesce(sum(e.base) FILTER (WHERE e.percent IS NULL), 0)
    FROM (SELECT b.workspace_id, x.state, b.team_id AS team, b.owner_id AS owner, b.source_id AS source, (b.last_touch_at IS NULL AND b.first_response_at IS NULL) AS untouched,
                 CASE x.state WHEN 0 THEN b.pipeline_id END AS pipeline, CASE x.state WHEN 0 THEN b.stage_id END AS stage,
                 coalesce(CASE x.state WHEN 0 THEN b.category::text END, '') AS category, coalesce(CASE x.state WHEN 0 THEN metric_month(b.expected_close) END, '-infinity') AS month,
                 coalesce(CASE x.state WHEN 0 THEN (b.opportunity_at AT TIME ZONE w.zone)::date END, '-infinity') AS opened, CASE x.state WHEN 0 THEN b.amount_minor END AS amount, CASE x.state WHEN 0 THEN b.base_minor END AS base, coalesce(b.probability_manual, b.probability_model) AS percent
            FROM born b JOIN workspace w ON w.id = b.workspace_id CROSS JOIN LATERAL (SELECT metric_state(b.kind, b.status, b.deleted_at) AS state) x
           WHERE b.deleted_at IS NULL) e
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION metric_lead_lives() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off SET enable_hashjoin = on AS $$
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
  INSERT INTO metric_open_delta (workspace_id, state, pipeline_id, stage_id, team_id, owner_id, source_id, category, month, opened, deals, untouched, with_base, without_amount, without_rate, base, own, plain)
  SELECT * FROM (
    SELECT e.workspace_id, e.state, coalesce(e.pipeline, nobody()), coalesce(e.stage, nobody()), coalesce(e.team, nobody()), coalesce(e.owner, nobody()), coalesce(e.source, nobody()),
           e.category, e.month, e.opened,
           sum(e.sign) AS deals, coalesce(sum(e.sign) FILTER (WHERE e.untouched), 0) AS untouched, coalesce(sum(e.sign) FILTER (WHERE e.base IS NOT NULL), 0) AS with_base,
           coalesce(sum(e.sign) FILTER (WHERE e.state = 0 AND e.amount IS NULL), 0) AS without_amount, coalesce(sum(e.sign) FILTER (WHERE e.amount IS NOT NULL AND e.base IS NULL), 0) AS without_rate,
           coalesce(sum(e.sign * e.base), 0) AS base, coalesce(sum(e.sign * e.base * e.percent), 0) AS own, coalesce(sum(e.sign * e.base) FILTER (WHERE e.percent IS NULL), 0) AS plain
      FROM (SELECT n.workspace_id, y.sign, y.state, y.team, y.owner, y.source, y.untouched, CASE y.state WHEN 0 THEN y.pipeline END AS pipeline, CASE y.state WHEN 0 THEN y.stage END AS stage,
                   coalesce(CASE y.state WHEN 0 THEN y.category::text END, '') AS category, coalesce(CASE y.state WHEN 0 THEN metric_month(y.expected_close) END, '-infinity') AS month,
                   coalesce(CASE y.state WHEN 0 THEN (y.opportunity_at AT TIME ZONE w.zone)::date END, '-infinity') AS opened, CASE y.state WHEN 0 THEN y.amount END AS amount, CASE y.state WHEN 0 THEN y.base END AS base, y.percent
              FROM before o
              JOIN after n ON n.workspace_id = o.workspace_id AND n.id = o.id
              JOIN workspace w ON w.id = n.workspace_id
             CROSS JOIN LATERAL (VALUES
               (-1, metric_state(o.kind, o.status, o.deleted_at), o.pipeline_id, o.stage_id, o.team_id, o.owner_id, o.source_id, o.category, o.expected_close, o.amount_minor, o.base_minor,
                coalesce(o.probability_manual, o.probability_model), o.last_touch_at IS NULL AND o.first_response_at IS NULL, o.opportunity_at),
               (1, metric_state(n.kind, n.status, n.deleted_at), n.pipeline_id, n.stage_id, n.team_id, n.owner_id, n.source_id, n.category, n.expected_close, n.amount_minor, n.base_minor,
                coalesce(n.probability_manual, n.probability_model), n.last_touch_at IS NULL AND n.first_response_at IS NULL, n.opportunity_at)
             ) AS y (sign, state, pipeline, stage, team, owner, source, category, expected_close, amount, base, percent, untouched, opportunity_at)
             WHERE y.state IS NOT NULL
               AND (o.kind, o.status, o.deleted_at IS NULL, o.pipeline_id, o.stage_id, o.team_id, o.owner_id, o.source_id, o.category, o.expected_close, o.amount_minor IS NULL, o.base_minor,
                    o.probability_manual, o.probability_model, o.last_touch_at IS NULL AND o.first_response_at IS NULL, o.opportunity_at)
                 IS DISTINCT FROM
                   (n.kind, n.status, n.deleted_at IS NULL, n.pipeline_id, n.stage_id, n.team_id, n.owner_id, n.source_id, n.category, n.expected_close, n.amount_minor IS NULL, n.base_minor,
                    n.probability_manual, n.probability_model, n.last_touch_at IS NULL AND n.first_response_at IS NULL, n.opportunity_at)) e
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) d
   WHERE (d.deals, d.untouched, d.with_base, d.without_amount, d.without_rate, d.base, d.own, d.plain) IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;

-- Whoever is writing leads meanwhile marks days of the zone they saw: their ends are waited for, and the next see the new one.
CREATE OR REPLACE FUNCTION metric_workspace_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO metric_touch (workspace_id) VALUES (NEW.id);
  IF (OLD.zone, OLD.base_currency) IS DISTINCT FROM (NEW.zone, NEW.base_currency) THEN
    LOCK TABLE lead IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO metric_dirty (workspace_id, day) VALUES (NEW.id, '-infinity');
  END IF;
  RETURN NULL;
END $$;

SELECT metric_rebuild(id) FROM workspace;
