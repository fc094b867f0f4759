-- ---------------------------------------------------------------- revenue forecasts, as they were said
-- What was said at the end of one day about the days ahead. It is never changed: what was said was said.
CREATE TABLE forecast_snapshot (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  -- Null: all teams.
  team_id      uuid,
  -- The last day that was known.
  as_of        date NOT NULL,
  made_at      timestamptz(3) NOT NULL,
  seed         integer NOT NULL,
  -- Too little history for more than a mean.
  short        boolean NOT NULL,
  -- Shares of the methods at 30 days.
  weights      jsonb NOT NULL,
  -- { p10, p50, p90 }: minor units won from the day after to the end of each day ahead.
  fan          jsonb NOT NULL,
  -- Factors of past errors by horizon, for chances.
  spreads      jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT forecast_team_exists FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id)
);
CREATE UNIQUE INDEX forecast_is_said_once ON forecast_snapshot (workspace_id, team_id, as_of) NULLS NOT DISTINCT;
CREATE TRIGGER forecast_is_kept BEFORE UPDATE OR DELETE ON forecast_snapshot FOR EACH ROW EXECUTE FUNCTION is_append_only();
CREATE TRIGGER forecast_is_not_truncated BEFORE TRUNCATE ON forecast_snapshot FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

-- How the same way of forecasting did week by week before: what it would have said, and what came.
CREATE TABLE forecast_backtest (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  team_id      uuid,
  until_day    date NOT NULL,
  made_at      timestamptz(3) NOT NULL,
  seed         integer NOT NULL,
  -- Of the deals it was computed from: the same fingerprint and seed give the same numbers.
  fingerprint  text NOT NULL,
  deals        integer NOT NULL,
  accuracy     jsonb NOT NULL,
  windows      jsonb NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT backtest_team_exists FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id)
);
CREATE UNIQUE INDEX backtest_is_of_one_day ON forecast_backtest (workspace_id, team_id, until_day) NULLS NOT DISTINCT;

-- ---------------------------------------------------------------- lead score
CREATE TABLE score_model (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  version      integer NOT NULL,
  trained_at   timestamptz(3) NOT NULL,
  accepted     boolean NOT NULL,
  -- Why it was refused.
  why          text CONSTRAINT refusal_is_known CHECK (why IN ('too-few-closed', 'too-few-of-one-kind', 'no-signal', 'signal-not-certain')),
  closed       integer NOT NULL,
  won          integer NOT NULL,
  -- Log odds before any weight.
  intercept    double precision,
  -- Ends of the bins of fields that are numbers.
  cuts         jsonb NOT NULL,
  -- AUC, Brier skill, calibration, lift by rolling origin; null where there was too little to try.
  quality      jsonb,
  -- Shrunken rates by team and source.
  base         jsonb NOT NULL,
  PRIMARY KEY (workspace_id, version),
  CONSTRAINT refused_says_why CHECK (accepted = (why IS NULL)),
  CONSTRAINT accepted_can_score CHECK (NOT accepted OR intercept IS NOT NULL)
);

CREATE TABLE score_weight (
  workspace_id uuid NOT NULL,
  version      integer NOT NULL,
  feature      text NOT NULL,
  value        text NOT NULL,
  -- Log odds.
  weight       double precision NOT NULL,
  -- Leads that had it among those learned from.
  n            integer NOT NULL,
  PRIMARY KEY (workspace_id, version, feature, value),
  CONSTRAINT weight_is_of_a_model FOREIGN KEY (workspace_id, version) REFERENCES score_model (workspace_id, version) ON DELETE CASCADE
);
