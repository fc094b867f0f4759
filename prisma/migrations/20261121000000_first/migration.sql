-- The first slice: people, availability, booking links, meetings, claims, mail, audit.
-- Every key starts with workspace_id, so that a distribution by workspace stays one migration away.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TYPE group_name AS ENUM ('admin', 'meeting_manager', 'meeting_user', 'crm_manager', 'crm_user');
CREATE TYPE resource_kind AS ENUM ('person', 'room');
CREATE TYPE link_role AS ENUM ('fixed', 'one_of');
CREATE TYPE place_kind AS ENUM ('none', 'room', 'virtual', 'phone', 'address');
CREATE TYPE meeting_state AS ENUM ('draft', 'confirmed', 'done', 'no_show', 'cancelled');
CREATE TYPE visibility AS ENUM ('public', 'private');
CREATE TYPE attendee_kind AS ENUM ('host', 'attendee', 'guest', 'extra_guest');
CREATE TYPE attendee_answer AS ENUM ('needs_action', 'accepted', 'declined', 'tentative');
CREATE TYPE actor_kind AS ENUM ('user', 'guest', 'system');
CREATE TYPE mail_state AS ENUM ('queued', 'sending', 'sent', 'bounced', 'failed', 'suppressed');

-- A zone PostgreSQL knows. The application checks the runtime's own list as well.
CREATE FUNCTION is_time_zone(name text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  PERFORM timezone(name, timestamp '2000-01-01 00:00');
  RETURN name ~ '^[A-Za-z][A-Za-z0-9_+/-]*$' AND length(name) <= 64;
EXCEPTION WHEN others THEN
  RETURN false;
END $$;

CREATE TABLE workspace (
  id             uuid PRIMARY KEY,
  name           text NOT NULL CONSTRAINT workspace_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  zone           text NOT NULL CONSTRAINT workspace_zone_exists CHECK (is_time_zone(zone)),
  locale         text NOT NULL DEFAULT 'en',
  demonstration  boolean NOT NULL DEFAULT false,
  created_at     timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE app_user (
  workspace_id   uuid NOT NULL REFERENCES workspace (id),
  id             uuid NOT NULL,
  email          text NOT NULL CONSTRAINT user_email_is_lower_case CHECK (email = lower(email) AND length(email) <= 254),
  name           text NOT NULL CONSTRAINT user_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  title          text,
  password_hash  text,
  zone           text NOT NULL CONSTRAINT user_zone_exists CHECK (is_time_zone(zone)),
  locale         text NOT NULL DEFAULT 'en',
  hour_cycle     smallint NOT NULL DEFAULT 24 CONSTRAINT user_clock_is_12_or_24 CHECK (hour_cycle IN (12, 24)),
  week_start     smallint NOT NULL DEFAULT 1 CONSTRAINT user_week_starts_on_a_day CHECK (week_start BETWEEN 0 AND 6),
  disabled_at    timestamptz(3),
  version        integer NOT NULL DEFAULT 1,
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT user_email_is_used_once UNIQUE (workspace_id, email)
);
CREATE INDEX app_user_email_idx ON app_user (email);

CREATE TABLE user_group (
  workspace_id uuid NOT NULL,
  user_id      uuid NOT NULL,
  group_name   group_name NOT NULL,
  PRIMARY KEY (workspace_id, user_id, group_name),
  CONSTRAINT membership_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE session (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  token_hash   bytea NOT NULL,
  user_agent   text,
  address      text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  seen_at      timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL,
  revoked_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT session_token_is_used_once UNIQUE (workspace_id, token_hash),
  CONSTRAINT session_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX session_token_idx ON session (token_hash);
CREATE INDEX session_user_idx ON session (workspace_id, user_id);

CREATE TABLE api_key (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  name         text NOT NULL,
  prefix       text NOT NULL,
  key_hash     bytea NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  used_at      timestamptz(3),
  revoked_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT api_key_is_used_once UNIQUE (workspace_id, key_hash),
  CONSTRAINT api_key_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX api_key_hash_idx ON api_key (key_hash);

-- A resource is what a claim takes: a person's time or a room. Its row is the lock of every write.
CREATE TABLE resource (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  kind         resource_kind NOT NULL,
  user_id      uuid,
  name         text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT resource_of_a_person_is_one UNIQUE (workspace_id, user_id),
  CONSTRAINT resource_person_exists FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT resource_kind_fits CHECK ((kind = 'person') = (user_id IS NOT NULL))
);

CREATE TABLE room (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  resource_id  uuid NOT NULL,
  name         text NOT NULL,
  location     text NOT NULL,
  detail       text,
  zone         text NOT NULL CONSTRAINT room_zone_exists CHECK (is_time_zone(zone)),
  capacity     integer NOT NULL CONSTRAINT room_seats_somebody CHECK (capacity > 0),
  active       boolean NOT NULL DEFAULT true,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT room_has_its_own_resource UNIQUE (workspace_id, resource_id),
  CONSTRAINT room_resource_exists FOREIGN KEY (workspace_id, resource_id) REFERENCES resource (workspace_id, id)
);

CREATE TABLE schedule (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  name         text NOT NULL,
  zone         text NOT NULL CONSTRAINT schedule_zone_exists CHECK (is_time_zone(zone)),
  is_default   boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT schedule_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX user_has_one_default_schedule ON schedule (workspace_id, user_id) WHERE is_default;

CREATE TABLE schedule_hours (
  workspace_id uuid NOT NULL,
  schedule_id  uuid NOT NULL,
  id           uuid NOT NULL,
  day          smallint NOT NULL CONSTRAINT hours_are_on_a_weekday CHECK (day BETWEEN 0 AND 6),
  from_minute  smallint NOT NULL CONSTRAINT hours_start_within_the_day CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute    smallint NOT NULL CONSTRAINT hours_end_within_the_day CHECK (to_minute BETWEEN 0 AND 1440),
  PRIMARY KEY (workspace_id, schedule_id, id),
  CONSTRAINT hours_are_of_a_schedule FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedule (workspace_id, id) ON DELETE CASCADE
);

-- A day with other hours; a row without minutes closes the day.
CREATE TABLE schedule_override (
  workspace_id uuid NOT NULL,
  schedule_id  uuid NOT NULL,
  id           uuid NOT NULL,
  on_date      date NOT NULL,
  from_minute  smallint CONSTRAINT override_starts_within_the_day CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute    smallint CONSTRAINT override_ends_within_the_day CHECK (to_minute BETWEEN 0 AND 1440),
  PRIMARY KEY (workspace_id, schedule_id, id),
  CONSTRAINT override_is_of_a_schedule FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedule (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT override_has_both_ends_or_none CHECK ((from_minute IS NULL) = (to_minute IS NULL))
);

CREATE TABLE schedule_travel (
  workspace_id uuid NOT NULL,
  schedule_id  uuid NOT NULL,
  id           uuid NOT NULL,
  from_date    date NOT NULL,
  to_date      date NOT NULL,
  zone         text NOT NULL CONSTRAINT travel_zone_exists CHECK (is_time_zone(zone)),
  PRIMARY KEY (workspace_id, schedule_id, id),
  CONSTRAINT travel_is_of_a_schedule FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedule (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT travel_ends_after_it_starts CHECK (to_date >= from_date)
);

CREATE TABLE booking_link (
  workspace_id            uuid NOT NULL REFERENCES workspace (id),
  id                      uuid NOT NULL,
  token                   text NOT NULL CONSTRAINT link_token_is_url_safe CHECK (token ~ '^[A-Za-z0-9_-]{3,64}$'),
  name                    text NOT NULL CONSTRAINT link_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 160),
  description             text,
  zone                    text NOT NULL CONSTRAINT link_zone_exists CHECK (is_time_zone(zone)),
  duration_minutes        integer NOT NULL DEFAULT 60 CONSTRAINT link_duration_is_sane CHECK (duration_minutes BETWEEN 5 AND 1440),
  interval_minutes        integer CONSTRAINT link_interval_is_sane CHECK (interval_minutes BETWEEN 5 AND 1440),
  buffer_before_minutes   integer NOT NULL DEFAULT 0 CONSTRAINT link_buffer_before_is_sane CHECK (buffer_before_minutes BETWEEN 0 AND 720),
  buffer_after_minutes    integer NOT NULL DEFAULT 0 CONSTRAINT link_buffer_after_is_sane CHECK (buffer_after_minutes BETWEEN 0 AND 720),
  notice_minutes          integer NOT NULL DEFAULT 120 CONSTRAINT link_notice_is_not_negative CHECK (notice_minutes BETWEEN 0 AND 525600),
  horizon                 jsonb NOT NULL DEFAULT '{"kind":"days","days":6}',
  limits                  jsonb NOT NULL DEFAULT '[]',
  needs_approval          boolean NOT NULL DEFAULT true,
  hold_minutes            integer NOT NULL DEFAULT 1440 CONSTRAINT link_hold_is_sane CHECK (hold_minutes BETWEEN 5 AND 43200),
  extra_guests            smallint NOT NULL DEFAULT 3 CONSTRAINT link_extra_guests_are_few CHECK (extra_guests BETWEEN 0 AND 50),
  change_deadline_minutes integer NOT NULL DEFAULT 0 CONSTRAINT link_deadline_is_not_negative CHECK (change_deadline_minutes BETWEEN 0 AND 525600),
  place_kind              place_kind NOT NULL DEFAULT 'none',
  place_label             text,
  place_detail            text,
  active                  boolean NOT NULL DEFAULT true,
  expires_at              timestamptz(3),
  max_uses                integer CONSTRAINT link_uses_are_positive CHECK (max_uses > 0),
  uses                    integer NOT NULL DEFAULT 0,
  version                 integer NOT NULL DEFAULT 1,
  created_at              timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT link_token_is_used_once UNIQUE (workspace_id, token),
  CONSTRAINT link_is_not_used_too_often CHECK (max_uses IS NULL OR uses <= max_uses)
);
CREATE INDEX booking_link_token_idx ON booking_link (token);

CREATE TABLE booking_link_host (
  workspace_id uuid NOT NULL,
  link_id      uuid NOT NULL,
  user_id      uuid NOT NULL,
  role         link_role NOT NULL DEFAULT 'fixed',
  weight       smallint NOT NULL DEFAULT 1 CONSTRAINT host_weight_is_positive CHECK (weight BETWEEN 1 AND 100),
  position     smallint NOT NULL DEFAULT 0,
  -- Meetings given to this host by this link and not withdrawn: what fairness is measured by.
  assigned     integer NOT NULL DEFAULT 0,
  schedule_id  uuid NOT NULL,
  PRIMARY KEY (workspace_id, link_id, user_id),
  CONSTRAINT link_host_is_of_a_link FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT host_off_boarding FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT link_host_has_a_schedule FOREIGN KEY (workspace_id, schedule_id) REFERENCES schedule (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX booking_link_host_user_idx ON booking_link_host (workspace_id, user_id);

-- Any one of these rooms has to be free, and is claimed.
CREATE TABLE booking_link_room (
  workspace_id uuid NOT NULL,
  link_id      uuid NOT NULL,
  room_id      uuid NOT NULL,
  PRIMARY KEY (workspace_id, link_id, room_id),
  CONSTRAINT link_room_is_of_a_link FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT link_room_exists FOREIGN KEY (workspace_id, room_id) REFERENCES room (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX booking_link_room_room_idx ON booking_link_room (workspace_id, room_id);

CREATE TABLE meeting (
  workspace_id          uuid NOT NULL REFERENCES workspace (id),
  id                    uuid NOT NULL,
  link_id               uuid,
  host_id               uuid NOT NULL,
  creator_id            uuid,
  room_id               uuid,
  subject               text NOT NULL CONSTRAINT meeting_has_a_subject CHECK (length(subject) BETWEEN 1 AND 200),
  note                  text,
  state                 meeting_state NOT NULL,
  declined              boolean NOT NULL DEFAULT false,
  visibility            visibility NOT NULL DEFAULT 'public',
  starts_at             timestamptz(3) NOT NULL,
  ends_at               timestamptz(3) NOT NULL,
  buffer_before_minutes integer NOT NULL DEFAULT 0,
  buffer_after_minutes  integer NOT NULL DEFAULT 0,
  hold_expires_at       timestamptz(3),
  place_kind            place_kind NOT NULL DEFAULT 'none',
  place_label           text,
  place_detail          text,
  join_url              text,
  uid                   text NOT NULL,
  sequence              integer NOT NULL DEFAULT 0,
  cancel_reason         text,
  cancelled_by          actor_kind,
  cancelled_at          timestamptz(3),
  source                jsonb NOT NULL DEFAULT '{}',
  version               integer NOT NULL DEFAULT 1,
  created_at            timestamptz(3) NOT NULL DEFAULT now(),
  updated_at            timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT meeting_ends_after_it_starts CHECK (ends_at > starts_at),
  CONSTRAINT meeting_uid_is_used_once UNIQUE (workspace_id, uid),
  CONSTRAINT meeting_host_exists FOREIGN KEY (workspace_id, host_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT meeting_creator_exists FOREIGN KEY (workspace_id, creator_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT meeting_link_exists FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT meeting_room_exists FOREIGN KEY (workspace_id, room_id) REFERENCES room (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT declined_meeting_is_cancelled CHECK (NOT declined OR state = 'cancelled')
);
CREATE INDEX meeting_host_start_idx ON meeting (workspace_id, host_id, starts_at, id);
CREATE INDEX meeting_start_idx ON meeting (workspace_id, starts_at, id);
CREATE INDEX meeting_link_start_idx ON meeting (workspace_id, link_id, starts_at);
CREATE INDEX meeting_pending_idx ON meeting (workspace_id, hold_expires_at) WHERE state = 'draft';

CREATE TABLE attendee (
  workspace_id      uuid NOT NULL,
  id                uuid NOT NULL,
  meeting_id        uuid NOT NULL,
  kind              attendee_kind NOT NULL,
  user_id           uuid,
  name              text NOT NULL,
  email             text NOT NULL,
  zone              text NOT NULL CONSTRAINT attendee_zone_exists CHECK (is_time_zone(zone)),
  locale            text NOT NULL,
  required          boolean NOT NULL DEFAULT true,
  answer            attendee_answer NOT NULL DEFAULT 'needs_action',
  manage_token_hash bytea,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT attendee_is_invited_once UNIQUE (workspace_id, meeting_id, kind, email),
  CONSTRAINT attendee_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT attendee_user_exists FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX attendee_token_idx ON attendee (manage_token_hash) WHERE manage_token_hash IS NOT NULL;
CREATE INDEX attendee_user_idx ON attendee (workspace_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX attendee_email_idx ON attendee (workspace_id, email);

-- One resource is taken for a span, buffers included. Two live claims on it never overlap: this is the last
-- guard, and it was made with the table because an EXCLUDE cannot be added to a full one without a long lock.
CREATE TABLE meeting_claim (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  resource_id  uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  during       tstzrange NOT NULL CONSTRAINT claim_is_half_open CHECK (lower_inc(during) AND NOT upper_inc(during) AND NOT isempty(during)),
  live         boolean NOT NULL DEFAULT true,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT claim_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT claim_is_on_a_resource FOREIGN KEY (workspace_id, resource_id) REFERENCES resource (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT resource_is_claimed_once_at_a_time EXCLUDE USING gist (
    workspace_id WITH =, resource_id WITH =, during WITH &&
  ) WHERE (live)
);
CREATE INDEX meeting_claim_meeting_idx ON meeting_claim (workspace_id, meeting_id);

CREATE TABLE meeting_event (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  at           timestamptz(3) NOT NULL,
  kind         text NOT NULL,
  actor        actor_kind NOT NULL,
  user_id      uuid,
  actor_name   text NOT NULL,
  override     boolean NOT NULL DEFAULT false,
  details      jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT event_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX meeting_event_meeting_idx ON meeting_event (workspace_id, meeting_id, at);

CREATE TABLE mail_message (
  workspace_id    uuid NOT NULL REFERENCES workspace (id),
  id              uuid NOT NULL,
  meeting_id      uuid,
  attendee_id     uuid,
  event           text NOT NULL,
  to_name         text NOT NULL,
  to_email        text NOT NULL,
  facts           jsonb NOT NULL,
  idempotency_key text NOT NULL,
  state           mail_state NOT NULL DEFAULT 'queued',
  attempts        integer NOT NULL DEFAULT 0,
  -- The rendered message, sealed: it carries the guest's capability. Retried byte for byte.
  sealed          bytea,
  message_id      text,
  provider_id     text,
  last_error      text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  not_before      timestamptz(3),
  sent_at         timestamptz(3),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT mail_is_queued_once UNIQUE (workspace_id, idempotency_key),
  CONSTRAINT mail_meeting_exists FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX mail_message_meeting_idx ON mail_message (workspace_id, meeting_id, created_at);
CREATE INDEX mail_message_unsent_idx ON mail_message (created_at) WHERE state IN ('queued', 'sending');

CREATE TABLE mail_suppression (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  email        text NOT NULL,
  reason       text NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, email)
);

CREATE TABLE task (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  meeting_id   uuid,
  title        text NOT NULL,
  due_on       date NOT NULL,
  done_at      timestamptz(3),
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT task_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT task_meeting_exists FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX task_open_idx ON task (workspace_id, user_id, due_on) WHERE done_at IS NULL;
CREATE INDEX task_meeting_idx ON task (workspace_id, meeting_id);

CREATE TABLE notification (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  meeting_id   uuid,
  kind         text NOT NULL,
  title        text NOT NULL,
  detail       text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  read_at      timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT notification_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT notification_meeting_exists FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX notification_user_idx ON notification (workspace_id, user_id, created_at DESC);
CREATE INDEX notification_unread_idx ON notification (workspace_id, user_id) WHERE read_at IS NULL;

-- Insert only, chained: each row's hash covers the one before, so an edit, a deletion or a swap breaks the chain.
CREATE TABLE audit_entry (
  workspace_id  uuid NOT NULL REFERENCES workspace (id),
  sequence      bigint NOT NULL,
  at            timestamptz(3) NOT NULL,
  actor         actor_kind NOT NULL,
  user_id       uuid,
  actor_name    text NOT NULL,
  action        text NOT NULL,
  subject       text NOT NULL,
  details       jsonb NOT NULL DEFAULT '{}',
  previous_hash bytea NOT NULL,
  hash          bytea NOT NULL,
  PRIMARY KEY (workspace_id, sequence)
);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_entry_is_not_truncated BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE TABLE idempotency_key (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  scope        text NOT NULL,
  key          text NOT NULL,
  body_hash    bytea NOT NULL,
  status       integer,
  answer       bytea,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, scope, key)
);
CREATE INDEX idempotency_key_age_idx ON idempotency_key (created_at);

CREATE TABLE stored_secret (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL,
  sealed       bytea NOT NULL,
  set_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT secret_name_is_used_once UNIQUE (workspace_id, name)
);

-- Counters of the throttle, in the shape its library expects.
CREATE TABLE rate_limit (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

-- Application nodes that are alive, so that a change reaches every page cache before it is answered.
CREATE TABLE app_node (
  id          uuid PRIMARY KEY,
  address     text NOT NULL,
  lease_until timestamptz(3) NOT NULL
);
