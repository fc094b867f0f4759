-- People sign in in more ways, set their own hours, and make links with everything a guest may be asked.

-- ---------------------------------------------------------------- pictures
-- Photos and logos as they are served: decoded, made small and encoded again by us, never the bytes somebody sent.
CREATE TABLE image (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  media_type   text NOT NULL CONSTRAINT image_is_webp_or_png CHECK (media_type IN ('image/webp', 'image/png')),
  bytes        bytea NOT NULL CONSTRAINT image_is_small CHECK (length(bytes) BETWEEN 1 AND 262144),
  width        smallint NOT NULL,
  height       smallint NOT NULL,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX image_id_idx ON image (id);

-- ---------------------------------------------------------------- the workspace
ALTER TABLE workspace
  ADD COLUMN logo_id         uuid,
  ADD COLUMN colour          text CONSTRAINT workspace_colour_is_hex CHECK (colour ~ '^#[0-9a-f]{6}$'),
  ADD COLUMN mail_from_name  text CONSTRAINT workspace_mail_name_is_short CHECK (length(mail_from_name) BETWEEN 1 AND 120),
  ADD COLUMN mail_reply_to   text CONSTRAINT workspace_reply_to_is_lower_case CHECK (mail_reply_to = lower(mail_reply_to)),
  -- Guests' details are removed from meetings that ended this long ago; null keeps them.
  ADD COLUMN retention_days  integer CONSTRAINT workspace_retention_is_sane CHECK (retention_days BETWEEN 1 AND 36500),
  ADD COLUMN version         integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT workspace_logo_exists FOREIGN KEY (id, logo_id) REFERENCES image (workspace_id, id);

CREATE TABLE holiday (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  on_date      date NOT NULL,
  name         text NOT NULL CONSTRAINT holiday_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT holiday_is_named_once_a_day UNIQUE (workspace_id, on_date, name)
);

-- Printed to the log of an installation without anybody in it; whoever reads the log becomes the first admin.
CREATE TABLE setup_code (
  id         uuid PRIMARY KEY,
  code_hash  bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  used_at    timestamptz(3)
);

-- ---------------------------------------------------------------- people
ALTER TABLE app_user
  ADD COLUMN photo_id   uuid,
  ADD COLUMN invited_at timestamptz(3),
  -- Left for good: only the name stays, beside what they held and wrote.
  ADD COLUMN removed_at timestamptz(3),
  ADD CONSTRAINT user_photo_exists FOREIGN KEY (workspace_id, photo_id) REFERENCES image (workspace_id, id),
  ADD CONSTRAINT removed_user_cannot_sign_in CHECK (removed_at IS NULL OR (disabled_at IS NOT NULL AND password_hash IS NULL));
CREATE INDEX app_user_name_idx ON app_user (workspace_id, lower(name), id);

-- One use each: a link to sign in, an invitation, a new password, a new address. Only its hash is kept.
CREATE TABLE account_token (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  purpose      text NOT NULL CONSTRAINT account_token_has_a_purpose
                 CHECK (purpose IN ('sign-in', 'invitation', 'password-reset', 'email-change', 'email-undo')),
  token_hash   bytea NOT NULL,
  -- The address to change to, or back to; of these purposes only.
  new_email    text CONSTRAINT account_token_email_is_lower_case CHECK (new_email = lower(new_email)),
  -- The browser that asked, for links that open only there.
  browser_hash bytea,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL,
  used_at      timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT account_token_is_used_once UNIQUE (token_hash),
  CONSTRAINT account_token_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT account_token_names_the_new_address CHECK ((purpose IN ('email-change', 'email-undo')) = (new_email IS NOT NULL))
);
CREATE INDEX account_token_user_idx ON account_token (workspace_id, user_id);

-- Somebody at an identity provider. Joined to an account by the person who is signed in to it, or by an invitation:
-- never because the addresses look alike.
CREATE TABLE user_identity (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  issuer       text NOT NULL,
  subject      text NOT NULL,
  email        text,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  used_at      timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT identity_is_of_one_account UNIQUE (workspace_id, issuer, subject),
  CONSTRAINT identity_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX user_identity_user_idx ON user_identity (workspace_id, user_id);

CREATE TABLE user_totp (
  workspace_id uuid NOT NULL,
  user_id      uuid NOT NULL,
  sealed       bytea NOT NULL,
  -- The step of the last accepted code: that one and older ones are not accepted again.
  last_step    bigint NOT NULL DEFAULT 0,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  confirmed_at timestamptz(3),
  PRIMARY KEY (workspace_id, user_id),
  CONSTRAINT totp_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE recovery_code (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  code_hash    bytea NOT NULL,
  used_at      timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT recovery_code_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX recovery_code_user_idx ON recovery_code (workspace_id, user_id);

CREATE TABLE passkey (
  workspace_id  uuid NOT NULL,
  id            uuid NOT NULL,
  user_id       uuid NOT NULL,
  credential_id bytea NOT NULL,
  public_key    bytea NOT NULL,
  counter       bigint NOT NULL DEFAULT 0,
  transports    text[] NOT NULL DEFAULT '{}',
  name          text NOT NULL CONSTRAINT passkey_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  used_at       timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT passkey_is_of_one_account UNIQUE (credential_id),
  CONSTRAINT passkey_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX passkey_user_idx ON passkey (workspace_id, user_id);

-- A sign-in that is under way: a passkey's challenge, the state of an identity provider's round trip, a second factor
-- still owed. Each is used once, by the browser that began it.
CREATE TABLE sign_in_step (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL CONSTRAINT step_has_a_kind CHECK (kind IN ('passkey', 'passkey-new', 'oidc', 'second-factor')),
  workspace_id uuid,
  user_id      uuid,
  token_hash   bytea NOT NULL,
  sealed       bytea,
  attempts     smallint NOT NULL DEFAULT 0,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  expires_at   timestamptz(3) NOT NULL,
  used_at      timestamptz(3),
  CONSTRAINT step_token_is_used_once UNIQUE (token_hash),
  CONSTRAINT step_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX sign_in_step_age_idx ON sign_in_step (expires_at);

-- How the session was begun, and when its holder last proved who they are: what a change of address asks for.
ALTER TABLE session
  ADD COLUMN method    text NOT NULL DEFAULT 'password'
    CONSTRAINT session_method_is_known CHECK (method IN ('password', 'link', 'oidc', 'passkey', 'setup')),
  ADD COLUMN proved_at timestamptz(3) NOT NULL DEFAULT now();

-- What a person switched off, or on again; what is absent is as the product has it.
CREATE TABLE notification_preference (
  workspace_id uuid NOT NULL,
  user_id      uuid NOT NULL,
  event        text NOT NULL,
  channel      text NOT NULL CONSTRAINT preference_channel_is_known CHECK (channel IN ('mail', 'inbox')),
  enabled      boolean NOT NULL,
  PRIMARY KEY (workspace_id, user_id, event, channel),
  CONSTRAINT preference_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
-- Whoever writes a notice need not know what its reader switched off: such a notice is not kept.
CREATE FUNCTION notice_is_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM notification_preference p
              WHERE p.workspace_id = NEW.workspace_id AND p.user_id = NEW.user_id
                AND p.event = NEW.kind AND p.channel = 'inbox' AND NOT p.enabled) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notification_is_wanted BEFORE INSERT ON notification
  FOR EACH ROW EXECUTE FUNCTION notice_is_wanted();

-- ---------------------------------------------------------------- availability
ALTER TABLE schedule
  ADD COLUMN observes_holidays boolean NOT NULL DEFAULT true,
  ADD COLUMN version           integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT schedule_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120);
ALTER TABLE schedule_override
  ADD COLUMN note text CONSTRAINT override_note_is_short CHECK (length(note) <= 200);

CREATE TABLE out_of_office (
  workspace_id     uuid NOT NULL,
  id               uuid NOT NULL,
  user_id          uuid NOT NULL,
  from_at          timestamptz(3) NOT NULL,
  to_at            timestamptz(3) NOT NULL,
  reason           text NOT NULL DEFAULT 'away'
    CONSTRAINT absence_reason_is_known CHECK (reason IN ('away', 'vacation', 'travel', 'sick', 'holiday')),
  note             text CONSTRAINT absence_note_is_short CHECK (length(note) <= 500),
  -- Where guests are sent meanwhile.
  redirect_link_id uuid,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT absence_ends_after_it_starts CHECK (to_at > from_at),
  CONSTRAINT absence_is_of_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT absence_redirects_to_a_link FOREIGN KEY (workspace_id, redirect_link_id) REFERENCES booking_link (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX out_of_office_user_idx ON out_of_office (workspace_id, user_id, to_at);

-- ---------------------------------------------------------------- booking links
CREATE TYPE question_kind AS ENUM ('text', 'long_text', 'select', 'phone', 'checkbox');

ALTER TABLE booking_link
  -- Lengths a guest may choose from besides duration_minutes.
  ADD COLUMN other_durations    integer[] NOT NULL DEFAULT '{}'
    CONSTRAINT link_durations_are_few CHECK (cardinality(other_durations) <= 9),
  ADD COLUMN offset_minutes     integer NOT NULL DEFAULT 0 CONSTRAINT link_offset_is_sane CHECK (offset_minutes BETWEEN 0 AND 1439),
  -- Guests see times in the link's zone only.
  ADD COLUMN zone_locked        boolean NOT NULL DEFAULT false,
  -- More than one: several guests share one meeting, each knowing nothing of the others.
  ADD COLUMN seats              integer NOT NULL DEFAULT 1 CONSTRAINT link_seats_are_sane CHECK (seats BETWEEN 1 AND 1000),
  ADD COLUMN show_seats         boolean NOT NULL DEFAULT true,
  ADD COLUMN waiting_list       boolean NOT NULL DEFAULT false,
  ADD COLUMN reminder_minutes   integer[] NOT NULL DEFAULT '{1440,60}'
    CONSTRAINT link_reminders_are_few CHECK (cardinality(reminder_minutes) <= 5),
  ADD COLUMN colour             text CONSTRAINT link_colour_is_hex CHECK (colour ~ '^#[0-9a-f]{6}$'),
  ADD COLUMN logo_id            uuid,
  ADD COLUMN redirect_url       text CONSTRAINT link_redirect_is_https CHECK (redirect_url ~ '^https://' AND length(redirect_url) <= 2000),
  ADD COLUMN after_note         text CONSTRAINT link_note_is_short CHECK (length(after_note) <= 2000),
  ADD COLUMN owner_id           uuid,
  -- A link of its own for one guest, made from this one.
  ADD COLUMN one_off_of         uuid,
  ADD COLUMN archived_at        timestamptz(3),
  ADD COLUMN updated_at         timestamptz(3) NOT NULL DEFAULT now(),
  ADD CONSTRAINT link_logo_exists FOREIGN KEY (workspace_id, logo_id) REFERENCES image (workspace_id, id),
  ADD CONSTRAINT link_owner_off_boarding FOREIGN KEY (workspace_id, owner_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  ADD CONSTRAINT one_off_is_made_from_a_link FOREIGN KEY (workspace_id, one_off_of) REFERENCES booking_link (workspace_id, id) ON DELETE RESTRICT,
  ADD CONSTRAINT shared_meeting_is_confirmed_at_once CHECK (seats = 1 OR NOT needs_approval),
  ADD CONSTRAINT archived_link_is_closed CHECK (archived_at IS NULL OR NOT active);
-- An address leads to one link of the whole installation: guests name no workspace.
ALTER TABLE booking_link DROP CONSTRAINT link_token_is_used_once;
DROP INDEX booking_link_token_idx;
ALTER TABLE booking_link ADD CONSTRAINT link_token_is_used_once UNIQUE (token);
CREATE INDEX one_off_idx ON booking_link (workspace_id, one_off_of) WHERE one_off_of IS NOT NULL;
CREATE INDEX booking_link_name_idx ON booking_link (workspace_id, lower(name), id);

-- Where a meeting of this link may be; with more than one, the guest chooses.
CREATE TABLE booking_link_place (
  workspace_id uuid NOT NULL,
  link_id      uuid NOT NULL,
  id           uuid NOT NULL,
  position     smallint NOT NULL,
  kind         place_kind NOT NULL,
  label        text CONSTRAINT place_label_is_short CHECK (length(label) <= 160),
  detail       text CONSTRAINT place_detail_is_short CHECK (length(detail) <= 500),
  -- What the guest writes when choosing it: the number we call, the address we come to.
  asks         text CONSTRAINT place_asks_for_phone_or_address CHECK (asks IN ('phone', 'address')),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT place_has_its_own_position UNIQUE (workspace_id, link_id, position),
  CONSTRAINT place_is_of_a_link FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE CASCADE
);

INSERT INTO booking_link_place (workspace_id, link_id, id, position, kind, label, detail)
  SELECT workspace_id, id, gen_random_uuid(), 0, place_kind, place_label, place_detail
    FROM booking_link WHERE place_kind <> 'none';
ALTER TABLE booking_link DROP COLUMN place_kind, DROP COLUMN place_label, DROP COLUMN place_detail;

CREATE TABLE booking_link_question (
  workspace_id uuid NOT NULL,
  link_id      uuid NOT NULL,
  id           uuid NOT NULL,
  position     smallint NOT NULL,
  -- Its name in addresses and in the interface, `company` in `?company=Halden`.
  key          text NOT NULL CONSTRAINT question_key_is_url_safe CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  kind         question_kind NOT NULL,
  label        text NOT NULL CONSTRAINT question_has_a_label CHECK (length(btrim(label)) BETWEEN 1 AND 300),
  help         text CONSTRAINT question_help_is_short CHECK (length(help) <= 300),
  required     boolean NOT NULL DEFAULT false,
  options      text[] NOT NULL DEFAULT '{}' CONSTRAINT question_options_are_few CHECK (cardinality(options) <= 50),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT question_key_is_used_once UNIQUE (workspace_id, link_id, key),
  CONSTRAINT question_has_its_own_position UNIQUE (workspace_id, link_id, position),
  CONSTRAINT question_is_of_a_link FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT choice_has_options CHECK ((kind = 'select') = (cardinality(options) > 0))
);

-- What its pages saw on one day, in the workspace's zone. Bookings are counted from meetings, not here.
CREATE TABLE booking_link_day (
  workspace_id uuid NOT NULL,
  link_id      uuid NOT NULL,
  on_date      date NOT NULL,
  views        integer NOT NULL DEFAULT 0,
  starts       integer NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, link_id, on_date),
  CONSTRAINT link_day_is_of_a_link FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE CASCADE
);

-- ---------------------------------------------------------------- meetings
-- A shared meeting counts its seats here, under the lock of its host; the check is the last guard.
ALTER TABLE meeting
  ADD COLUMN seats       integer CONSTRAINT meeting_seats_are_sane CHECK (seats BETWEEN 2 AND 1000),
  ADD COLUMN seats_taken integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT meeting_is_not_overbooked CHECK (seats_taken >= 0 AND (seats IS NULL OR seats_taken <= seats)),
  DROP COLUMN source;
CREATE UNIQUE INDEX shared_meeting_is_one_per_start ON meeting (workspace_id, link_id, host_id, starts_at, ends_at)
  WHERE seats IS NOT NULL AND state IN ('draft', 'confirmed');

ALTER TABLE attendee
  -- Campaign and page a guest came from: utm_* and referrer, as they arrived.
  ADD COLUMN source  jsonb NOT NULL DEFAULT '{}',
  -- Took part in a shared meeting, and left it.
  ADD COLUMN left_at timestamptz(3),
  -- Whose seat an extra guest holds with theirs.
  ADD COLUMN guest_of uuid,
  -- Name and address were removed on request or by age.
  ADD COLUMN erased_at timestamptz(3),
  DROP CONSTRAINT attendee_is_invited_once;
CREATE UNIQUE INDEX attendee_is_invited_once ON attendee (workspace_id, meeting_id, kind, email) WHERE left_at IS NULL;
-- Whoever reads a meeting reads everybody of it, also those who left.
CREATE INDEX attendee_meeting_idx ON attendee (workspace_id, meeting_id);

-- What a guest answered, with the question as it was asked.
CREATE TABLE question_answer (
  workspace_id uuid NOT NULL,
  attendee_id  uuid NOT NULL,
  position     smallint NOT NULL,
  key          text NOT NULL,
  kind         question_kind NOT NULL,
  label        text NOT NULL,
  value        text NOT NULL CONSTRAINT answer_is_short CHECK (length(value) <= 2000),
  PRIMARY KEY (workspace_id, attendee_id, position),
  CONSTRAINT answer_is_of_an_attendee FOREIGN KEY (workspace_id, attendee_id) REFERENCES attendee (workspace_id, id) ON DELETE CASCADE
);

-- Guests who want to be told when a full link has a free time again, first come, first told.
CREATE TABLE waiting_guest (
  workspace_id     uuid NOT NULL,
  id               uuid NOT NULL,
  link_id          uuid NOT NULL,
  name             text NOT NULL,
  email            text NOT NULL,
  zone             text NOT NULL CONSTRAINT waiting_zone_exists CHECK (is_time_zone(zone)),
  locale           text NOT NULL,
  duration_minutes integer NOT NULL,
  token_hash       bytea NOT NULL,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  told_at          timestamptz(3),
  -- The free start they were told of, which the next in line is not told of before it has been theirs for a while.
  told_start       timestamptz(3),
  ended_at         timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT waiting_guest_is_of_a_link FOREIGN KEY (workspace_id, link_id) REFERENCES booking_link (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX guest_waits_once ON waiting_guest (workspace_id, link_id, email) WHERE ended_at IS NULL;
CREATE INDEX waiting_guest_line_idx ON waiting_guest (workspace_id, link_id, created_at) WHERE ended_at IS NULL;
CREATE INDEX waiting_guest_token_idx ON waiting_guest (token_hash);

-- ---------------------------------------------------------------- privacy
-- What was removed about whom is kept as a hash and a count, so that a restored backup can be cleaned again.
CREATE TABLE erasure (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  email_hash   bytea,
  reason       text NOT NULL CONSTRAINT erasure_has_a_reason CHECK (reason IN ('request', 'retention')),
  counts       jsonb NOT NULL,
  by_user_id   uuid,
  at           timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX erasure_hash_idx ON erasure (workspace_id, email_hash) WHERE email_hash IS NOT NULL;
-- What is held about one address is found by it.
CREATE INDEX waiting_guest_email_idx ON waiting_guest (workspace_id, email);
CREATE INDEX mail_message_reader_idx ON mail_message (workspace_id, to_email);
-- Guests whose details are still there: what the nightly removal looks at.
CREATE INDEX attendee_with_details_idx ON attendee (workspace_id, meeting_id)
  WHERE erased_at IS NULL AND kind IN ('guest', 'extra_guest');

-- ---------------------------------------------------------------- audit
-- The log as it is read: newest first, of everybody, of one person, of one kind, about one thing.
CREATE INDEX audit_entry_at_idx ON audit_entry (workspace_id, at, sequence);
CREATE INDEX audit_entry_user_idx ON audit_entry (workspace_id, user_id, at, sequence);
CREATE INDEX audit_entry_action_idx ON audit_entry (workspace_id, action, at, sequence);
CREATE INDEX audit_entry_subject_idx ON audit_entry (workspace_id, subject, at, sequence);
