-- Meetings are made by staff, too: in several rooms and online, in series, with answers and minutes. Calendars of
-- others, jobs that can be seen, and webhooks out.

-- ---------------------------------------------------------------- rooms
ALTER TYPE resource_kind ADD VALUE 'virtual_seat';

-- Where rooms are. Rooms name their location, so renaming it renames it everywhere.
CREATE TABLE location (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  name         text NOT NULL CONSTRAINT location_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  zone         text NOT NULL CONSTRAINT location_zone_exists CHECK (is_time_zone(zone)),
  address      text CONSTRAINT location_address_is_short CHECK (length(address) <= 500),
  position     smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, name)
);
INSERT INTO location (workspace_id, name, zone)
  SELECT DISTINCT ON (workspace_id, location) workspace_id, location, zone FROM room;

ALTER TABLE room
  ADD COLUMN floor           text CONSTRAINT room_floor_is_short CHECK (length(floor) <= 40),
  ADD COLUMN equipment       text[] NOT NULL DEFAULT '{}' CONSTRAINT room_equipment_is_short CHECK (cardinality(equipment) <= 30),
  ADD COLUMN photo_id        uuid,
  -- Before and after each meeting the room is taken this much longer.
  ADD COLUMN setup_minutes   smallint NOT NULL DEFAULT 0 CONSTRAINT room_setup_is_sane CHECK (setup_minutes BETWEEN 0 AND 240),
  ADD COLUMN cleanup_minutes smallint NOT NULL DEFAULT 0 CONSTRAINT room_cleanup_is_sane CHECK (cleanup_minutes BETWEEN 0 AND 240),
  -- Somebody says yes before the room is settled; its time is held meanwhile.
  ADD COLUMN needs_approval  boolean NOT NULL DEFAULT false,
  ADD COLUMN keeper_id       uuid,
  -- Groups whose members may book it. Empty is everybody who makes meetings.
  ADD COLUMN booking_groups  text[] NOT NULL DEFAULT '{}',
  ADD COLUMN check_in        boolean NOT NULL DEFAULT false,
  -- Without a check-in the room is free again this long after the start.
  ADD COLUMN release_minutes smallint NOT NULL DEFAULT 10 CONSTRAINT room_release_is_sane CHECK (release_minutes BETWEEN 1 AND 120),
  ADD COLUMN position        smallint NOT NULL DEFAULT 0,
  ADD COLUMN version         integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT room_capacity_is_positive CHECK (capacity BETWEEN 1 AND 10000),
  ADD CONSTRAINT room_is_at_a_location FOREIGN KEY (workspace_id, location) REFERENCES location (workspace_id, name) ON UPDATE CASCADE,
  ADD CONSTRAINT room_photo_exists FOREIGN KEY (workspace_id, photo_id) REFERENCES image (workspace_id, id),
  ADD CONSTRAINT room_keeper_exists FOREIGN KEY (workspace_id, keeper_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT;

-- Opening hours in the room's zone; a room without any is open around the clock.
CREATE TABLE room_hours (
  workspace_id uuid NOT NULL,
  room_id      uuid NOT NULL,
  id           uuid NOT NULL,
  day          smallint NOT NULL CONSTRAINT room_hours_are_on_a_weekday CHECK (day BETWEEN 0 AND 6),
  from_minute  smallint NOT NULL CONSTRAINT room_hours_start_within_the_day CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute    smallint NOT NULL CONSTRAINT room_hours_end_within_the_day CHECK (to_minute BETWEEN 1 AND 1440),
  PRIMARY KEY (workspace_id, room_id, id),
  CONSTRAINT room_hours_end_after_they_start CHECK (to_minute > from_minute),
  CONSTRAINT room_hours_are_of_a_room FOREIGN KEY (workspace_id, room_id) REFERENCES room (workspace_id, id) ON DELETE CASCADE
);

-- Rooms that can be joined: taking the whole takes its parts, and a part that is taken keeps the whole from being free.
CREATE TABLE room_part (
  workspace_id uuid NOT NULL,
  whole_id     uuid NOT NULL,
  part_id      uuid NOT NULL,
  PRIMARY KEY (workspace_id, whole_id, part_id),
  CONSTRAINT room_is_no_part_of_itself CHECK (whole_id <> part_id),
  CONSTRAINT whole_room_exists FOREIGN KEY (workspace_id, whole_id) REFERENCES room (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT part_room_exists FOREIGN KEY (workspace_id, part_id) REFERENCES room (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX room_part_part_idx ON room_part (workspace_id, part_id);

-- Out of service.
CREATE TABLE room_closure (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  room_id      uuid NOT NULL,
  from_at      timestamptz(3) NOT NULL,
  to_at        timestamptz(3) NOT NULL,
  note         text CONSTRAINT closure_note_is_short CHECK (length(note) <= 200),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT closure_ends_after_it_starts CHECK (to_at > from_at),
  CONSTRAINT closure_is_of_a_room FOREIGN KEY (workspace_id, room_id) REFERENCES room (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX room_closure_room_idx ON room_closure (workspace_id, room_id, to_at);

-- A tablet at a door. It shows a code until somebody types that code in the office; then it holds a token of its own.
CREATE TABLE room_display (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  room_id      uuid NOT NULL,
  name         text,
  token_hash   bytea NOT NULL,
  paired_by    uuid,
  paired_at    timestamptz(3) NOT NULL DEFAULT now(),
  seen_at      timestamptz(3),
  revoked_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT display_token_is_used_once UNIQUE (token_hash),
  CONSTRAINT display_is_of_a_room FOREIGN KEY (workspace_id, room_id) REFERENCES room (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX room_display_room_idx ON room_display (workspace_id, room_id);

CREATE TABLE display_pairing (
  id           uuid PRIMARY KEY,
  code_hash    bytea NOT NULL,
  -- What the tablet will hold once it is paired; only its hash is known here.
  token_hash   bytea NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL,
  workspace_id uuid,
  display_id   uuid,
  CONSTRAINT pairing_code_is_used_once UNIQUE (code_hash)
);

-- ---------------------------------------------------------------- virtual rooms
CREATE TYPE online_provider AS ENUM ('jitsi', 'zoom', 'google_meet', 'teams', 'link');

CREATE TABLE virtual_room (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT virtual_room_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  provider     online_provider NOT NULL DEFAULT 'jitsi',
  -- Of `link`: where everybody goes. Of `jitsi`: the server, when it is not the public one.
  address      text CONSTRAINT virtual_room_address_is_https CHECK (address ~ '^https?://' AND length(address) <= 2000),
  -- Waiting room, summaries and what else the provider knows; nothing secret.
  settings     jsonb NOT NULL DEFAULT '{}',
  -- 'environment', or 'stored': then in stored_secret under `virtual-room/<id>`.
  credentials  text NOT NULL DEFAULT 'environment' CONSTRAINT credentials_have_a_place CHECK (credentials IN ('environment', 'stored')),
  credentials_set_at timestamptz(3),
  is_default   boolean NOT NULL DEFAULT false,
  active       boolean NOT NULL DEFAULT true,
  tested_at    timestamptz(3),
  test_cause   text,
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX one_virtual_room_is_the_default ON virtual_room (workspace_id) WHERE is_default AND archived_at IS NULL;

-- Whoever holds the meetings at the provider: a Zoom user, a mailbox. Each may hold as many at once as it has seats.
CREATE TABLE virtual_account (
  workspace_id    uuid NOT NULL,
  id              uuid NOT NULL,
  virtual_room_id uuid NOT NULL,
  -- The provider's own name for it, an address of a user mostly.
  name            text NOT NULL CONSTRAINT virtual_account_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 254),
  active          boolean NOT NULL DEFAULT true,
  position        smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT account_is_named_once UNIQUE (workspace_id, virtual_room_id, name),
  CONSTRAINT account_is_of_a_virtual_room FOREIGN KEY (workspace_id, virtual_room_id) REFERENCES virtual_room (workspace_id, id) ON DELETE CASCADE
);

-- A seat is a resource that meetings claim: who may hold two meetings at once has two.
CREATE TABLE virtual_seat (
  workspace_id uuid NOT NULL,
  account_id   uuid NOT NULL,
  position     smallint NOT NULL,
  resource_id  uuid NOT NULL,
  active       boolean NOT NULL DEFAULT true,
  PRIMARY KEY (workspace_id, account_id, position),
  CONSTRAINT seat_has_its_own_resource UNIQUE (workspace_id, resource_id),
  CONSTRAINT seat_is_of_an_account FOREIGN KEY (workspace_id, account_id) REFERENCES virtual_account (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT seat_is_a_resource FOREIGN KEY (workspace_id, resource_id) REFERENCES resource (workspace_id, id) ON DELETE RESTRICT
);

-- What is known of a provider between calls: the token until it ends, the bucket, and whether we wait for it to recover.
-- One row for each line, which is what the provider counts calls by: a set of credentials, or one account with them.
CREATE TABLE provider_state (
  workspace_id     uuid NOT NULL REFERENCES workspace (id),
  key              text NOT NULL,
  sealed_token     bytea,
  token_expires_at timestamptz(3),
  bucket           double precision NOT NULL DEFAULT 0,
  bucket_at        timestamptz(3),
  failures         integer NOT NULL DEFAULT 0,
  open_until       timestamptz(3),
  -- Who is calling or fetching a token right now, each until when: {"<kind>/<id>": "<moment>"}.
  leases           jsonb NOT NULL DEFAULT '{}',
  updated_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, key)
);

-- Calls a day of one account: what quotas and reports are counted by. Days are UTC, as the providers' are.
CREATE TABLE provider_day (
  workspace_id    uuid NOT NULL,
  virtual_room_id uuid NOT NULL,
  account_id      uuid NOT NULL,
  on_date         date NOT NULL,
  calls           integer NOT NULL DEFAULT 0,
  writes          integer NOT NULL DEFAULT 0,
  failures        integer NOT NULL DEFAULT 0,
  throttled       integer NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, virtual_room_id, account_id, on_date),
  CONSTRAINT provider_day_is_of_a_virtual_room FOREIGN KEY (workspace_id, virtual_room_id) REFERENCES virtual_room (workspace_id, id) ON DELETE CASCADE
);

-- One meeting at a provider; the occurrences of a series share one.
CREATE TABLE online_meeting (
  workspace_id    uuid NOT NULL,
  id              uuid NOT NULL,
  virtual_room_id uuid NOT NULL,
  account_id      uuid,
  provider        online_provider NOT NULL,
  -- wanted: is to be made or changed; ready: is as wanted; failed: given up, a person decides; unwanted: is to be deleted; gone.
  state           text NOT NULL CONSTRAINT online_state_is_known CHECK (state IN ('wanted', 'ready', 'failed', 'unwanted', 'gone')),
  -- Each change raises what is wanted; what was made of it follows.
  wanted          integer NOT NULL DEFAULT 1,
  made            integer NOT NULL DEFAULT 0,
  external_id     text,
  join_url        text,
  -- Host's own address, passcode, dial-in and what else the provider said, sealed.
  sealed          bytea,
  attempts        integer NOT NULL DEFAULT 0,
  cause           text,
  -- Somebody is asking the provider about it until then: one call at a time, whichever worker makes it.
  busy_until      timestamptz(3),
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT online_meeting_is_in_a_virtual_room FOREIGN KEY (workspace_id, virtual_room_id) REFERENCES virtual_room (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT online_meeting_has_an_account FOREIGN KEY (workspace_id, account_id) REFERENCES virtual_account (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX online_meeting_external_idx ON online_meeting (provider, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX online_meeting_open_idx ON online_meeting (workspace_id, updated_at) WHERE state IN ('wanted', 'unwanted', 'failed');

ALTER TABLE booking_link_place
  ADD COLUMN virtual_room_id uuid,
  ADD CONSTRAINT place_virtual_room_exists FOREIGN KEY (workspace_id, virtual_room_id) REFERENCES virtual_room (workspace_id, id) ON DELETE RESTRICT;

-- Webhooks that came in: each is worked on once, whoever sends it again.
CREATE TABLE inbound_event (
  source      text NOT NULL,
  id          text NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (source, id)
);
CREATE INDEX inbound_event_age_idx ON inbound_event (received_at);

-- ---------------------------------------------------------------- series
-- A rule that meetings repeat by, in local time of its zone. Each occurrence is a meeting of its own.
CREATE TABLE meeting_series (
  workspace_id     uuid NOT NULL REFERENCES workspace (id),
  id               uuid NOT NULL,
  -- RRULE without the name, as in the calendar file: FREQ=WEEKLY;BYDAY=MO;COUNT=10
  rule             text NOT NULL CONSTRAINT series_rule_is_short CHECK (length(rule) BETWEEN 6 AND 500),
  zone             text NOT NULL CONSTRAINT series_zone_exists CHECK (is_time_zone(zone)),
  -- Wall time of the first occurrence in that zone.
  starts_local     timestamp(0) NOT NULL,
  duration_minutes integer NOT NULL CONSTRAINT series_duration_is_sane CHECK (duration_minutes BETWEEN 5 AND 1440),
  -- Occurrences that were taken out, by their original start.
  excluded         timestamptz[] NOT NULL DEFAULT '{}',
  uid              text NOT NULL,
  sequence         integer NOT NULL DEFAULT 0,
  -- The series this one continues, after a change of "this and following".
  continues_id     uuid,
  version          integer NOT NULL DEFAULT 1,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  updated_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT series_uid_is_used_once UNIQUE (workspace_id, uid),
  CONSTRAINT series_continues_a_series FOREIGN KEY (workspace_id, continues_id) REFERENCES meeting_series (workspace_id, id)
);

-- ---------------------------------------------------------------- meetings
ALTER TABLE meeting
  ADD COLUMN agenda             text CONSTRAINT meeting_agenda_is_short CHECK (length(agenda) <= 4000),
  ADD COLUMN online_id          uuid,
  ADD COLUMN virtual_room_id    uuid,
  -- The seat it holds in a virtual room, when the room has seats.
  ADD COLUMN seat_resource_id   uuid,
  -- Null: as the link has it, else as each reader has it.
  ADD COLUMN reminder_minutes   jsonb CONSTRAINT meeting_reminders_are_few CHECK (jsonb_typeof(reminder_minutes) = 'array' AND jsonb_array_length(reminder_minutes) <= 5),
  -- Everybody invited reads who else is; else each reads of nobody but the host.
  ADD COLUMN shares_list        boolean NOT NULL DEFAULT false,
  ADD COLUMN series_id          uuid,
  -- Original start within the series: what the calendar file calls RECURRENCE-ID.
  ADD COLUMN recurrence_start   timestamptz(3),
  -- Differs from its series, and keeps what differs when the series is changed.
  ADD COLUMN detached           boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT meeting_online_exists FOREIGN KEY (workspace_id, online_id) REFERENCES online_meeting (workspace_id, id),
  ADD CONSTRAINT meeting_virtual_room_exists FOREIGN KEY (workspace_id, virtual_room_id) REFERENCES virtual_room (workspace_id, id) ON DELETE RESTRICT,
  ADD CONSTRAINT meeting_seat_exists FOREIGN KEY (workspace_id, seat_resource_id) REFERENCES resource (workspace_id, id) ON DELETE RESTRICT,
  ADD CONSTRAINT meeting_series_exists FOREIGN KEY (workspace_id, series_id) REFERENCES meeting_series (workspace_id, id) ON DELETE RESTRICT,
  ADD CONSTRAINT occurrence_has_its_original_start CHECK ((series_id IS NULL) = (recurrence_start IS NULL));
CREATE UNIQUE INDEX occurrence_is_one_per_start ON meeting (workspace_id, series_id, recurrence_start) WHERE series_id IS NOT NULL;
-- Meetings nobody closed are closed for them, the longest ended first.
CREATE INDEX meeting_open_end_idx ON meeting (ends_at) WHERE state = 'confirmed';
CREATE INDEX meeting_online_idx ON meeting (workspace_id, online_id) WHERE online_id IS NOT NULL;
CREATE INDEX meeting_creator_start_idx ON meeting (workspace_id, creator_id, starts_at) WHERE creator_id IS NOT NULL;

-- The rooms of a meeting, whichever cities they are in.
CREATE TABLE meeting_room (
  workspace_id  uuid NOT NULL,
  meeting_id    uuid NOT NULL,
  room_id       uuid NOT NULL,
  position      smallint NOT NULL DEFAULT 0,
  -- asked: held until somebody says yes; declined and released: no longer held.
  state         text NOT NULL DEFAULT 'approved' CONSTRAINT meeting_room_state_is_known CHECK (state IN ('approved', 'asked', 'declined', 'released')),
  decided_by    uuid,
  decided_at    timestamptz(3),
  checked_in_at timestamptz(3),
  released_at   timestamptz(3),
  PRIMARY KEY (workspace_id, meeting_id, room_id),
  CONSTRAINT meeting_room_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT meeting_room_exists FOREIGN KEY (workspace_id, room_id) REFERENCES room (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX meeting_room_room_idx ON meeting_room (workspace_id, room_id);
-- What was given up shows in a day's timeline although it claims nothing any more.
CREATE INDEX meeting_room_asked_idx ON meeting_room (workspace_id, room_id) WHERE state = 'asked';
CREATE INDEX meeting_room_released_idx ON meeting_room (workspace_id, released_at) WHERE released_at IS NOT NULL;
ALTER TABLE meeting DROP CONSTRAINT meeting_room_exists;
INSERT INTO meeting_room (workspace_id, meeting_id, room_id)
  SELECT workspace_id, id, room_id FROM meeting WHERE room_id IS NOT NULL;
ALTER TABLE meeting DROP COLUMN room_id;

ALTER TABLE attendee
  -- May do all that the host may.
  ADD COLUMN co_host     boolean NOT NULL DEFAULT false,
  ADD COLUMN answered_at timestamptz(3),
  ADD COLUMN answer_note text CONSTRAINT answer_note_is_short CHECK (length(answer_note) <= 1000),
  -- Of colleagues: the meeting's start again, so that one person's week is one index range.
  ADD COLUMN starts_at   timestamptz(3);
UPDATE attendee a SET starts_at = m.starts_at FROM meeting m
  WHERE m.workspace_id = a.workspace_id AND m.id = a.meeting_id AND a.user_id IS NOT NULL;
ALTER TABLE attendee ADD CONSTRAINT colleague_has_the_start CHECK (user_id IS NULL OR starts_at IS NOT NULL);
DROP INDEX attendee_user_idx;
CREATE INDEX attendee_user_start_idx ON attendee (workspace_id, user_id, starts_at) WHERE user_id IS NOT NULL;
CREATE FUNCTION colleagues_follow_the_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE attendee SET starts_at = NEW.starts_at
    WHERE workspace_id = NEW.workspace_id AND meeting_id = NEW.id AND user_id IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER meeting_start_reaches_colleagues AFTER UPDATE OF starts_at ON meeting
  FOR EACH ROW WHEN (OLD.starts_at IS DISTINCT FROM NEW.starts_at) EXECUTE FUNCTION colleagues_follow_the_start();

-- Another time an attendee would like better.
CREATE TABLE time_proposal (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  attendee_id  uuid NOT NULL,
  starts_at    timestamptz(3) NOT NULL,
  ends_at      timestamptz(3) NOT NULL,
  note         text CONSTRAINT proposal_note_is_short CHECK (length(note) <= 1000),
  state        text NOT NULL DEFAULT 'open' CONSTRAINT proposal_state_is_known CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  decided_at   timestamptz(3),
  decided_by   uuid,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT proposal_ends_after_it_starts CHECK (ends_at > starts_at),
  CONSTRAINT proposal_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT proposal_is_of_an_attendee FOREIGN KEY (workspace_id, attendee_id) REFERENCES attendee (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX time_proposal_meeting_idx ON time_proposal (workspace_id, meeting_id);

CREATE TABLE meeting_attachment (
  workspace_id uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  position     smallint NOT NULL,
  title        text NOT NULL CONSTRAINT attachment_has_a_title CHECK (length(btrim(title)) BETWEEN 1 AND 200),
  url          text NOT NULL CONSTRAINT attachment_is_a_web_address CHECK (url ~ '^https?://' AND length(url) <= 2000),
  PRIMARY KEY (workspace_id, meeting_id, position),
  CONSTRAINT attachment_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);

-- What was said and agreed. Sanitised when written; survives moves and cancellations.
CREATE TABLE meeting_minutes (
  workspace_id uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  body         text NOT NULL CONSTRAINT minutes_are_not_endless CHECK (length(body) <= 200000),
  source       text NOT NULL CONSTRAINT minutes_source_is_known CHECK (source IN ('provider', 'person')),
  edited       boolean NOT NULL DEFAULT false,
  updated_by   uuid,
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  version      integer NOT NULL DEFAULT 1,
  words        tsvector GENERATED ALWAYS AS (to_tsvector('simple', regexp_replace(body, '<[^>]*>', ' ', 'g'))) STORED,
  PRIMARY KEY (workspace_id, meeting_id),
  CONSTRAINT minutes_are_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX meeting_minutes_words_idx ON meeting_minutes USING gin (words);

ALTER TABLE task
  -- meeting: be there. action: something agreed in its minutes. request: answer a room, a proposal.
  ADD COLUMN kind text NOT NULL DEFAULT 'meeting' CONSTRAINT task_kind_is_known CHECK (kind IN ('meeting', 'action', 'request'));
CREATE INDEX task_stale_idx ON task (due_on, workspace_id, id) WHERE kind = 'meeting';

-- ---------------------------------------------------------------- mails and notices
ALTER TABLE app_user
  -- Minutes before a meeting, a list. Null is as the product has it.
  ADD COLUMN reminder_minutes jsonb CONSTRAINT user_reminders_are_few CHECK (jsonb_typeof(reminder_minutes) = 'array' AND jsonb_array_length(reminder_minutes) <= 5);

-- A manager's own words for one mail, to one kind of reader, in one language; absent is as the product has it.
CREATE TABLE mail_template (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  event        text NOT NULL,
  role         text NOT NULL,
  locale       text NOT NULL,
  subject      text NOT NULL CONSTRAINT template_subject_is_short CHECK (length(btrim(subject)) BETWEEN 1 AND 300),
  opening      text NOT NULL CONSTRAINT template_opening_is_short CHECK (length(opening) <= 4000),
  updated_by   uuid,
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  version      integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, event, role, locale)
);
-- When the provider said that it arrived; null where no provider says so.
ALTER TABLE mail_message ADD COLUMN delivered_at timestamptz(3);
CREATE INDEX mail_message_provider_idx ON mail_message (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX mail_message_message_id_idx ON mail_message (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mail_message_age_idx ON mail_message (created_at) WHERE sealed IS NOT NULL;

-- ---------------------------------------------------------------- calendars of others
-- The secret address of one person's own calendar; a new one ends the old.
CREATE TABLE calendar_feed (
  workspace_id uuid NOT NULL,
  user_id      uuid NOT NULL,
  token_hash   bytea NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  read_at      timestamptz(3),
  PRIMARY KEY (workspace_id, user_id),
  CONSTRAINT feed_token_is_used_once UNIQUE (token_hash),
  CONSTRAINT feed_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE external_calendar (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  kind         text NOT NULL CONSTRAINT external_calendar_kind_is_known CHECK (kind IN ('ics', 'caldav')),
  name         text NOT NULL CONSTRAINT external_calendar_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  -- Address and credentials, sealed: an ICS address is a secret, too.
  sealed       bytea NOT NULL,
  -- Host part of the address, for the eye.
  host         text NOT NULL,
  blocks       boolean NOT NULL DEFAULT true,
  -- The owner's meetings are written here.
  writes       boolean NOT NULL DEFAULT false,
  -- What the server said of its state at the last look (ETag, CTag, sync token).
  state_tag    text,
  read_at      timestamptz(3),
  tried_at     timestamptz(3),
  next_at      timestamptz(3) NOT NULL DEFAULT now(),
  failures     integer NOT NULL DEFAULT 0,
  cause        text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  -- Given up by its owner; stays until what was written there is deleted.
  removed_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT external_calendar_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX external_calendar_due_idx ON external_calendar (next_at);
CREATE INDEX external_calendar_user_idx ON external_calendar (workspace_id, user_id);
CREATE UNIQUE INDEX meetings_are_written_to_one_calendar ON external_calendar (workspace_id, user_id) WHERE writes;

-- Busy times of others' calendars: nothing but when. `resource_id` is the person's, as in meeting_claim.
CREATE TABLE external_busy (
  workspace_id uuid NOT NULL,
  calendar_id  uuid NOT NULL,
  id           uuid NOT NULL,
  resource_id  uuid NOT NULL,
  during       tstzrange NOT NULL CONSTRAINT busy_is_half_open CHECK (lower_inc(during) AND NOT upper_inc(during) AND NOT isempty(during)),
  PRIMARY KEY (workspace_id, calendar_id, id),
  CONSTRAINT busy_is_of_a_calendar FOREIGN KEY (workspace_id, calendar_id) REFERENCES external_calendar (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT busy_is_of_a_resource FOREIGN KEY (workspace_id, resource_id) REFERENCES resource (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX external_busy_resource_idx ON external_busy USING gist (workspace_id, resource_id, during);

-- One meeting in one person's CalDAV calendar.
CREATE TABLE external_copy (
  workspace_id uuid NOT NULL,
  calendar_id  uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  href         text NOT NULL,
  etag         text,
  -- The meeting's version that was written; 0 before the first.
  made         integer NOT NULL DEFAULT 0,
  cause        text,
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, calendar_id, meeting_id),
  CONSTRAINT copy_is_in_a_calendar FOREIGN KEY (workspace_id, calendar_id) REFERENCES external_calendar (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT copy_is_of_a_meeting FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX external_copy_meeting_idx ON external_copy (workspace_id, meeting_id);

-- ---------------------------------------------------------------- jobs
CREATE TABLE job_run (
  id          uuid PRIMARY KEY,
  job         text NOT NULL,
  started_at  timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  outcome     text CONSTRAINT run_outcome_is_known CHECK (outcome IN ('done', 'failed', 'skipped')),
  -- What it did, in words: "Deleted 50 stale activities".
  summary     text,
  counts      jsonb NOT NULL DEFAULT '{}',
  -- Who asked for it; null is the schedule.
  asked_by    uuid
);
CREATE UNIQUE INDEX job_runs_once_at_a_time ON job_run (job) WHERE finished_at IS NULL;
CREATE INDEX job_run_job_idx ON job_run (job, started_at DESC);
CREATE INDEX job_run_age_idx ON job_run (started_at);

CREATE TABLE job_pause (
  job       text PRIMARY KEY,
  paused_at timestamptz(3) NOT NULL,
  paused_by text NOT NULL
);

-- ---------------------------------------------------------------- webhooks out
CREATE TABLE webhook_endpoint (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  url          text NOT NULL CONSTRAINT endpoint_is_a_web_address CHECK (url ~ '^https?://' AND length(url) <= 2000),
  events       text[] NOT NULL,
  sealed       bytea NOT NULL,
  active       boolean NOT NULL DEFAULT true,
  created_by   uuid,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  failing_since timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE webhook_delivery (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  endpoint_id  uuid NOT NULL,
  event        text NOT NULL,
  payload      jsonb NOT NULL,
  state        text NOT NULL DEFAULT 'queued' CONSTRAINT delivery_state_is_known CHECK (state IN ('queued', 'delivered', 'failed')),
  attempts     integer NOT NULL DEFAULT 0,
  status       integer,
  cause        text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  delivered_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT delivery_is_to_an_endpoint FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoint (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_endpoint_idx ON webhook_delivery (workspace_id, endpoint_id, created_at DESC);
CREATE INDEX webhook_delivery_age_idx ON webhook_delivery (created_at);

-- ---------------------------------------------------------------- what is there from the beginning
-- Jitsi needs no account: every workspace can meet online at once. One that is made later gets its own.
CREATE FUNCTION workspace_meets_online() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO virtual_room (workspace_id, id, name, provider, is_default)
    VALUES (NEW.id, gen_random_uuid(), 'Jitsi Meet', 'jitsi', true);
  RETURN NULL;
END $$;
INSERT INTO virtual_room (workspace_id, id, name, provider, is_default)
  SELECT id, gen_random_uuid(), 'Jitsi Meet', 'jitsi', true FROM workspace;
CREATE TRIGGER workspace_can_meet_online AFTER INSERT ON workspace
  FOR EACH ROW EXECUTE FUNCTION workspace_meets_online();
