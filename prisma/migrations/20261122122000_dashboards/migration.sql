-- The configurations of both dashboards: views with their rights, how each person reads them, and the mails that carry
-- them out of the house.

CREATE TABLE dashboard_view (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  dashboard    text NOT NULL CONSTRAINT dashboard_is_known CHECK (dashboard IN ('executive', 'strategic')),
  name         text NOT NULL CONSTRAINT dashboard_view_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 60),
  owner_id     uuid NOT NULL,
  visibility   text NOT NULL CONSTRAINT visibility_is_known CHECK (visibility IN ('private', 'shared')),
  -- The address's own query string: range, comparison and filters.
  query        text NOT NULL CONSTRAINT dashboard_query_is_bounded CHECK (length(query) <= 8000),
  -- {"hidden": [block, …], "order": [block, …]}
  layout       jsonb NOT NULL CONSTRAINT layout_is_bounded CHECK (jsonb_typeof(layout) = 'object' AND length(layout::text) <= 4000),
  -- What everybody of the workspace begins with who has chosen nothing else.
  is_default   boolean NOT NULL DEFAULT false,
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz(3) NOT NULL,
  updated_at   timestamptz(3) NOT NULL,
  -- Deleted, and for a while still to be brought back.
  deleted_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT default_is_shared CHECK (NOT is_default OR visibility = 'shared'),
  CONSTRAINT dashboard_view_owner_exists FOREIGN KEY (workspace_id, owner_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX dashboard_view_is_named_once ON dashboard_view (workspace_id, owner_id, dashboard, lower(name)) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX workspace_has_one_default ON dashboard_view (workspace_id, dashboard) WHERE is_default AND deleted_at IS NULL;
CREATE INDEX dashboard_view_of_dashboard ON dashboard_view (workspace_id, dashboard, created_at) WHERE deleted_at IS NULL;

-- How one person reads a dashboard; nobody else's business and no configuration.
CREATE TABLE dashboard_preference (
  workspace_id    uuid NOT NULL REFERENCES workspace (id),
  user_id         uuid NOT NULL,
  dashboard       text NOT NULL CONSTRAINT preferred_dashboard_is_known CHECK (dashboard IN ('executive', 'strategic')),
  refresh_minutes smallint NOT NULL DEFAULT 5 CONSTRAINT refresh_is_offered CHECK (refresh_minutes IN (0, 1, 5, 15)),
  start_view_id   uuid,
  PRIMARY KEY (workspace_id, user_id, dashboard),
  CONSTRAINT preference_is_somebodys FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT start_view_exists FOREIGN KEY (workspace_id, start_view_id) REFERENCES dashboard_view (workspace_id, id) ON DELETE SET NULL (start_view_id)
);

CREATE TABLE dashboard_schedule (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  dashboard    text NOT NULL CONSTRAINT scheduled_dashboard_is_known CHECK (dashboard IN ('executive', 'strategic')),
  name         text NOT NULL CONSTRAINT schedule_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  query        text NOT NULL CONSTRAINT scheduled_query_is_bounded CHECK (length(query) <= 8000),
  cadence      text NOT NULL CONSTRAINT cadence_is_known CHECK (cadence IN ('daily', 'weekly', 'monthly')),
  -- 0 Sunday … 6 Saturday; of a weekly one only.
  weekday      smallint CONSTRAINT weekday_is_one CHECK (weekday BETWEEN 0 AND 6),
  -- 1 … 28, which every month has; of a monthly one only.
  month_day    smallint CONSTRAINT month_day_is_in_every_month CHECK (month_day BETWEEN 1 AND 28),
  minute       smallint NOT NULL CONSTRAINT minute_is_of_a_day CHECK (minute BETWEEN 0 AND 1439),
  zone         text NOT NULL CONSTRAINT schedule_zone_is_named CHECK (length(zone) BETWEEN 1 AND 64),
  format       text NOT NULL CONSTRAINT format_is_known CHECK (format IN ('pdf', 'xlsx', 'csv')),
  active       boolean NOT NULL DEFAULT true,
  version      integer NOT NULL DEFAULT 1,
  created_by   uuid NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  next_at      timestamptz(3) NOT NULL,
  last_at      timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT cadence_has_its_day CHECK ((cadence = 'weekly') = (weekday IS NOT NULL) AND (cadence = 'monthly') = (month_day IS NOT NULL)),
  CONSTRAINT schedule_was_made_by FOREIGN KEY (workspace_id, created_by) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX dashboard_schedule_due ON dashboard_schedule (next_at) WHERE active;

CREATE TABLE dashboard_recipient (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  schedule_id  uuid NOT NULL,
  user_id      uuid NOT NULL,
  -- They wanted no more of it; whoever edits the schedule sees that and cannot undo it for them.
  stopped_at   timestamptz(3),
  PRIMARY KEY (workspace_id, schedule_id, user_id),
  CONSTRAINT recipient_of_schedule FOREIGN KEY (workspace_id, schedule_id) REFERENCES dashboard_schedule (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT recipient_is_a_member FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX dashboard_recipient_of_person ON dashboard_recipient (workspace_id, user_id);
