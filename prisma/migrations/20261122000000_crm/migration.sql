-- The sales half: leads and opportunities, pipelines, teams, targets, activities, and what happened to them. The truth
-- is append-only and written by the database itself: whoever changes a lead, by whichever way, leaves its history.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- ---------------------------------------------------------------- money
ALTER TABLE workspace
  ADD COLUMN base_currency     char(3) NOT NULL DEFAULT 'USD' CONSTRAINT base_currency_is_a_code CHECK (base_currency ~ '^[A-Z]{3}$'),
  -- The month a business year begins with.
  ADD COLUMN fiscal_year_start smallint NOT NULL DEFAULT 1 CONSTRAINT fiscal_year_starts_in_a_month CHECK (fiscal_year_start BETWEEN 1 AND 12);

-- How many digits stand behind the point (ISO 4217); the same table as lib/crm/core/money.ts, and a test compares them.
CREATE FUNCTION minor_digits(currency text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN currency IN ('BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','UYI','VND','VUV','XAF','XOF','XPF') THEN 0
    WHEN currency IN ('BHD','IQD','JOD','KWD','LYD','OMR','TND') THEN 3
    WHEN currency IN ('CLF','UYW') THEN 4
    ELSE 2 END::smallint
$$;

-- What one unit of a currency was worth in the workspace's own, from this day on until the next rate.
CREATE TABLE fx_rate (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  currency     char(3) NOT NULL CONSTRAINT rate_currency_is_a_code CHECK (currency ~ '^[A-Z]{3}$'),
  on_date      date NOT NULL CONSTRAINT rate_day_is_sane CHECK (on_date BETWEEN '1990-01-01' AND '2200-01-01'),
  rate         numeric(24, 12) NOT NULL CONSTRAINT rate_is_positive CHECK (rate > 0),
  set_by       uuid,
  set_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, currency, on_date)
);

-- Minor units of the workspace's currency; null without a rate for that day: then the amount is left out and counted,
-- and never taken for one to one.
CREATE FUNCTION to_base_minor(of_workspace uuid, amount bigint, of_currency text, on_day date) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
  base text;
  found numeric;
BEGIN
  IF amount IS NULL THEN RETURN NULL; END IF;
  SELECT w.base_currency INTO base FROM workspace w WHERE w.id = of_workspace;
  IF base = of_currency THEN RETURN amount; END IF;
  SELECT r.rate INTO found FROM fx_rate r
   WHERE r.workspace_id = of_workspace AND r.currency = of_currency AND r.on_date <= on_day
   ORDER BY r.on_date DESC LIMIT 1;
  IF found IS NULL THEN RETURN NULL; END IF;
  -- At most one more than what a lead may be worth: its constraint refuses it by name.
  RETURN least(round(amount * found * power(10::numeric, minor_digits(base) - minor_digits(of_currency))), 9007199254740992)::bigint;
END $$;

-- ---------------------------------------------------------------- teams
CREATE TYPE crm_scope AS ENUM ('own', 'team', 'all');

CREATE TABLE sales_team (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT team_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  manager_id   uuid,
  zone         text NOT NULL CONSTRAINT team_zone_exists CHECK (is_time_zone(zone)),
  -- Working minutes within which somebody answers a new lead; null promises nothing.
  response_minutes integer CONSTRAINT response_time_is_sane CHECK (response_minutes BETWEEN 1 AND 100000),
  observes_holidays boolean NOT NULL DEFAULT true,
  position     smallint NOT NULL DEFAULT 0,
  version      integer NOT NULL DEFAULT 1,
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT team_manager_exists FOREIGN KEY (workspace_id, manager_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX team_is_named_once ON sales_team (workspace_id, lower(name)) WHERE archived_at IS NULL;

-- When a team works, in its zone. A team without any works around the clock.
CREATE TABLE sales_team_hours (
  workspace_id uuid NOT NULL,
  team_id      uuid NOT NULL,
  id           uuid NOT NULL,
  day          smallint NOT NULL CONSTRAINT team_hours_are_on_a_weekday CHECK (day BETWEEN 0 AND 6),
  from_minute  smallint NOT NULL CONSTRAINT team_hours_start_within_the_day CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute    smallint NOT NULL CONSTRAINT team_hours_end_within_the_day CHECK (to_minute BETWEEN 1 AND 1440),
  PRIMARY KEY (workspace_id, team_id, id),
  CONSTRAINT team_hours_end_after_they_start CHECK (to_minute > from_minute),
  CONSTRAINT team_hours_are_of_a_team FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE sales_team_member (
  workspace_id uuid NOT NULL,
  team_id      uuid NOT NULL,
  user_id      uuid NOT NULL,
  -- Shares of what the team is given. 0 is given nothing.
  weight       smallint NOT NULL DEFAULT 1 CONSTRAINT member_weight_is_sane CHECK (weight BETWEEN 0 AND 100),
  -- What smooth weighted round robin owes this member; changed under the team's row lock.
  credit       integer NOT NULL DEFAULT 0,
  position     smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, team_id, user_id),
  CONSTRAINT member_is_of_a_team FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT member_is_a_person FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX sales_team_member_user_idx ON sales_team_member (workspace_id, user_id);

-- What a person of sales may see, and how much they take on. Without a row: their team's, without a limit.
CREATE TABLE sales_person (
  workspace_id  uuid NOT NULL,
  user_id       uuid NOT NULL,
  scope         crm_scope NOT NULL DEFAULT 'team',
  -- Open leads and opportunities they are assigned at most; null is no limit.
  capacity      integer CONSTRAINT capacity_is_sane CHECK (capacity BETWEEN 0 AND 100000),
  takes_leads   boolean NOT NULL DEFAULT true,
  default_team_id uuid,
  PRIMARY KEY (workspace_id, user_id),
  CONSTRAINT sales_person_is_a_user FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT default_team_exists FOREIGN KEY (workspace_id, default_team_id) REFERENCES sales_team (workspace_id, id)
);

-- ---------------------------------------------------------------- pipelines
CREATE TYPE stage_type AS ENUM ('open', 'won', 'lost');
CREATE TYPE forecast_category AS ENUM ('omitted', 'pipeline', 'best_case', 'commit', 'closed');

CREATE TABLE pipeline (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT pipeline_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  is_default   boolean NOT NULL DEFAULT false,
  position     smallint NOT NULL DEFAULT 0,
  version      integer NOT NULL DEFAULT 1,
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX one_pipeline_is_the_default ON pipeline (workspace_id) WHERE is_default AND archived_at IS NULL;
CREATE UNIQUE INDEX pipeline_is_named_once ON pipeline (workspace_id, lower(name)) WHERE archived_at IS NULL;

CREATE TABLE stage (
  workspace_id  uuid NOT NULL,
  id            uuid NOT NULL,
  pipeline_id   uuid NOT NULL,
  name          text NOT NULL CONSTRAINT stage_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  type          stage_type NOT NULL DEFAULT 'open',
  -- Percent.
  probability   numeric(5, 2) NOT NULL CONSTRAINT stage_probability_is_a_percentage CHECK (probability BETWEEN 0 AND 100),
  -- Days without a human touch after which a deal rots; null never.
  rot_days      smallint CONSTRAINT rot_days_are_sane CHECK (rot_days BETWEEN 1 AND 1000),
  exit_criteria text CONSTRAINT exit_criteria_are_short CHECK (length(exit_criteria) <= 2000),
  category      forecast_category NOT NULL DEFAULT 'pipeline',
  position      smallint NOT NULL DEFAULT 0,
  version       integer NOT NULL DEFAULT 1,
  archived_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT stage_is_of_a_pipeline FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipeline (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT stage_has_one_type UNIQUE (workspace_id, pipeline_id, id, type),
  CONSTRAINT closed_stage_is_certain CHECK (type = 'open' OR probability = CASE type WHEN 'won' THEN 100 ELSE 0 END)
);
CREATE UNIQUE INDEX pipeline_has_one_won_stage ON stage (workspace_id, pipeline_id) WHERE type = 'won' AND archived_at IS NULL;
CREATE UNIQUE INDEX pipeline_has_one_lost_stage ON stage (workspace_id, pipeline_id) WHERE type = 'lost' AND archived_at IS NULL;
CREATE UNIQUE INDEX stage_is_named_once ON stage (workspace_id, pipeline_id, lower(name)) WHERE archived_at IS NULL;

-- Why deals are lost, and why leads are junk.
CREATE TABLE lost_reason (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  kind         text NOT NULL DEFAULT 'lost' CONSTRAINT reason_kind_is_known CHECK (kind IN ('lost', 'junk')),
  name         text NOT NULL CONSTRAINT reason_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  position     smallint NOT NULL DEFAULT 0,
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX reason_is_named_once ON lost_reason (workspace_id, kind, lower(name)) WHERE archived_at IS NULL;

CREATE TABLE lead_source (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT source_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  position     smallint NOT NULL DEFAULT 0,
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX source_is_named_once ON lead_source (workspace_id, lower(name)) WHERE archived_at IS NULL;

CREATE TABLE product (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT product_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  series       text,
  price_minor  bigint CONSTRAINT product_price_is_not_negative CHECK (price_minor >= 0),
  currency     char(3),
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX product_is_named_once ON product (workspace_id, lower(name)) WHERE archived_at IS NULL;

-- Fields of a workspace's own; their values stand in the record's `custom`, by key.
CREATE TABLE custom_field (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  record       text NOT NULL CONSTRAINT field_record_is_known CHECK (record IN ('lead', 'company', 'contact')),
  key          text NOT NULL CONSTRAINT field_key_is_a_word CHECK (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  label        text NOT NULL CONSTRAINT field_has_a_label CHECK (length(btrim(label)) BETWEEN 1 AND 80),
  kind         text NOT NULL CONSTRAINT field_kind_is_known CHECK (kind IN ('text', 'number', 'date', 'select', 'checkbox', 'url')),
  options      text[] NOT NULL DEFAULT '{}',
  required     boolean NOT NULL DEFAULT false,
  position     smallint NOT NULL DEFAULT 0,
  archived_at  timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT field_key_is_used_once UNIQUE (workspace_id, record, key)
);

-- ---------------------------------------------------------------- companies and contacts
CREATE TABLE company (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT company_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 200),
  domain       text CONSTRAINT company_domain_is_lower_case CHECK (domain = lower(domain) AND length(domain) <= 253),
  website      text,
  phone        text,
  industry     text,
  country      char(2) CONSTRAINT company_country_is_a_code CHECK (country ~ '^[A-Z]{2}$'),
  employees    integer,
  parent_id    uuid,
  owner_id     uuid,
  description  text,
  tags         text[] NOT NULL DEFAULT '{}',
  custom       jsonb NOT NULL DEFAULT '{}',
  external_source text,
  external_id  text,
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at   timestamptz(3),
  merged_into  uuid,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT company_parent_exists FOREIGN KEY (workspace_id, parent_id) REFERENCES company (workspace_id, id),
  CONSTRAINT company_is_not_its_own_parent CHECK (parent_id <> id),
  CONSTRAINT merged_company_exists FOREIGN KEY (workspace_id, merged_into) REFERENCES company (workspace_id, id),
  CONSTRAINT merged_company_is_gone CHECK (merged_into IS NULL OR deleted_at IS NOT NULL)
);
CREATE UNIQUE INDEX company_external_id_is_used_once ON company (workspace_id, external_source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX company_name_idx ON company (workspace_id, lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX company_domain_idx ON company (workspace_id, domain) WHERE deleted_at IS NULL;
CREATE INDEX company_name_trgm ON company USING gin (lower(name) gin_trgm_ops) WHERE deleted_at IS NULL;

CREATE TABLE contact (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT contact_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 200),
  email        text CONSTRAINT contact_email_is_lower_case CHECK (email = lower(email) AND length(email) <= 254),
  -- E.164.
  phone        text CONSTRAINT contact_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{4,14}$'),
  title        text,
  company_id   uuid,
  zone         text,
  locale       text,
  description  text,
  tags         text[] NOT NULL DEFAULT '{}',
  custom       jsonb NOT NULL DEFAULT '{}',
  external_source text,
  external_id  text,
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  updated_at   timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at   timestamptz(3),
  merged_into  uuid,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT contact_company_exists FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
  CONSTRAINT merged_contact_exists FOREIGN KEY (workspace_id, merged_into) REFERENCES contact (workspace_id, id),
  CONSTRAINT merged_contact_is_gone CHECK (merged_into IS NULL OR deleted_at IS NOT NULL)
);
-- Two bookings of one guest at once make one contact.
CREATE UNIQUE INDEX contact_email_is_used_once ON contact (workspace_id, email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX contact_external_id_is_used_once ON contact (workspace_id, external_source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX contact_company_idx ON contact (workspace_id, company_id);
CREATE INDEX contact_phone_idx ON contact (workspace_id, phone) WHERE deleted_at IS NULL;
CREATE INDEX contact_name_trgm ON contact USING gin (lower(name) gin_trgm_ops) WHERE deleted_at IS NULL;

-- ---------------------------------------------------------------- leads and opportunities
CREATE TYPE lead_kind AS ENUM ('lead', 'opportunity');
CREATE TYPE lead_status AS ENUM ('open', 'won', 'lost', 'junked');
CREATE SEQUENCE lead_number;

CREATE TABLE lead (
  workspace_id   uuid NOT NULL REFERENCES workspace (id),
  id             uuid NOT NULL,
  -- What people call it by: D-7632.
  number         bigint NOT NULL DEFAULT nextval('lead_number'),
  kind           lead_kind NOT NULL,
  status         lead_status NOT NULL DEFAULT 'open',
  name           text NOT NULL CONSTRAINT lead_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 200),
  -- Who it is about, as stated; the contact and the company it was found to be.
  contact_name   text CONSTRAINT lead_contact_name_is_short CHECK (length(contact_name) <= 200),
  company_name   text CONSTRAINT lead_company_name_is_short CHECK (length(company_name) <= 200),
  email          text CONSTRAINT lead_email_is_lower_case CHECK (email = lower(email) AND length(email) <= 254),
  phone          text CONSTRAINT lead_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{4,14}$'),
  contact_id     uuid,
  company_id     uuid,
  product_id     uuid,
  -- The first touch: set once and kept.
  source_id      uuid,
  medium         text,
  campaign       text,
  first_touch    jsonb NOT NULL DEFAULT '{}',
  country        char(2) CONSTRAINT lead_country_is_a_code CHECK (country ~ '^[A-Z]{2}$'),
  industry       text CONSTRAINT lead_industry_is_short CHECK (length(industry) <= 120),
  owner_id       uuid,
  team_id        uuid,
  pipeline_id    uuid,
  stage_id       uuid,
  -- Repeats the stage's type, so that a constraint can say that won deals stand in won stages.
  stage_type     stage_type,
  -- Amounts are exact as numbers of the interface too: at most 2^53 - 1.
  amount_minor   bigint CONSTRAINT lead_amount_is_exact CHECK (amount_minor BETWEEN 0 AND 9007199254740991),
  currency       char(3) NOT NULL CONSTRAINT lead_currency_is_a_code CHECK (currency ~ '^[A-Z]{3}$'),
  -- In the workspace's currency: at today's rate while open, frozen at the closing day's. Null: no amount, or no rate.
  base_minor     bigint CONSTRAINT lead_base_is_exact CHECK (base_minor BETWEEN 0 AND 9007199254740991),
  -- Recurring, per month, in the lead's currency.
  mrr_minor      bigint CONSTRAINT lead_mrr_is_exact CHECK (mrr_minor BETWEEN 0 AND 9007199254740991),
  -- Percent. Manual wins over the model's, the model's over the stage's.
  probability_manual numeric(5, 2) CONSTRAINT manual_probability_is_a_percentage CHECK (probability_manual BETWEEN 0 AND 100),
  probability_model  numeric(5, 2) CONSTRAINT model_probability_is_a_percentage CHECK (probability_model BETWEEN 0 AND 100),
  -- Null: the stage's.
  category       forecast_category,
  expected_close date CONSTRAINT expected_close_is_sane CHECK (expected_close BETWEEN '1990-01-01' AND '2200-01-01'),
  parked_until   date,
  description    text CONSTRAINT lead_description_is_bounded CHECK (length(description) <= 20000),
  tags           text[] NOT NULL DEFAULT '{}' CONSTRAINT lead_tags_are_few CHECK (cardinality(tags) <= 30),
  custom         jsonb NOT NULL DEFAULT '{}',
  created_at     timestamptz(3) NOT NULL,
  -- When it was first given to somebody; to whom and which team.
  assigned_at    timestamptz(3),
  first_owner_id uuid,
  first_team_id  uuid,
  -- Who had it first as an opportunity, and their team then.
  opportunity_owner_id uuid,
  opportunity_team_id  uuid,
  first_response_at timestamptz(3),
  -- Working minutes of the team from assignment, or creation, to the first human answer.
  response_minutes  integer CONSTRAINT response_minutes_are_not_negative CHECK (response_minutes >= 0),
  response_due_at   timestamptz(3),
  converted_at   timestamptz(3),
  -- When it became an opportunity: at its conversion, or when it was made as one.
  opportunity_at timestamptz(3),
  stage_entered_at timestamptz(3),
  last_touch_at  timestamptz(3),
  next_activity_at timestamptz(3),
  closed_at      timestamptz(3),
  -- Whose it was when it closed.
  closed_owner_id uuid,
  closed_team_id  uuid,
  lost_reason_id uuid,
  lost_note      text CONSTRAINT lost_note_is_short CHECK (length(lost_note) <= 2000),
  competitor     text CONSTRAINT competitor_is_short CHECK (length(competitor) <= 200),
  external_source text,
  external_id    text,
  version        integer NOT NULL DEFAULT 1,
  updated_at     timestamptz(3) NOT NULL,
  deleted_at     timestamptz(3),
  merged_into    uuid,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT lead_number_is_used_once UNIQUE (workspace_id, number),
  CONSTRAINT lead_contact_exists FOREIGN KEY (workspace_id, contact_id) REFERENCES contact (workspace_id, id),
  CONSTRAINT lead_company_exists FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
  CONSTRAINT lead_product_exists FOREIGN KEY (workspace_id, product_id) REFERENCES product (workspace_id, id),
  CONSTRAINT lead_source_exists FOREIGN KEY (workspace_id, source_id) REFERENCES lead_source (workspace_id, id),
  CONSTRAINT lead_owner_exists FOREIGN KEY (workspace_id, owner_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT lead_team_exists FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id),
  CONSTRAINT lead_reason_exists FOREIGN KEY (workspace_id, lost_reason_id) REFERENCES lost_reason (workspace_id, id),
  CONSTRAINT lead_stage_exists FOREIGN KEY (workspace_id, pipeline_id, stage_id, stage_type)
    REFERENCES stage (workspace_id, pipeline_id, id, type),
  CONSTRAINT merged_lead_exists FOREIGN KEY (workspace_id, merged_into) REFERENCES lead (workspace_id, id),
  CONSTRAINT merged_lead_is_gone CHECK (merged_into IS NULL OR (deleted_at IS NOT NULL AND merged_into <> id)),
  -- The laws of its life.
  CONSTRAINT opportunity_stands_in_a_stage CHECK ((kind = 'opportunity') = (stage_id IS NOT NULL AND pipeline_id IS NOT NULL AND stage_type IS NOT NULL AND stage_entered_at IS NOT NULL AND opportunity_at IS NOT NULL)
    AND (kind = 'opportunity' OR num_nonnulls(stage_id, pipeline_id, stage_type, opportunity_at, converted_at) = 0)),
  CONSTRAINT lead_is_not_won CHECK (kind = 'opportunity' OR status <> 'won'),
  CONSTRAINT stage_fits_the_status CHECK (kind = 'lead' OR stage_type = CASE status WHEN 'open' THEN 'open' WHEN 'won' THEN 'won' ELSE 'lost' END::stage_type),
  CONSTRAINT closed_has_a_time CHECK ((status = 'open') = (closed_at IS NULL)),
  CONSTRAINT lost_has_a_reason CHECK ((status IN ('lost', 'junked')) = (lost_reason_id IS NOT NULL)),
  CONSTRAINT closed_after_created CHECK (closed_at >= created_at),
  CONSTRAINT converted_after_created CHECK (converted_at >= created_at),
  CONSTRAINT opportunity_after_created CHECK (opportunity_at >= created_at),
  CONSTRAINT assigned_after_created CHECK (assigned_at >= created_at),
  CONSTRAINT answered_after_created CHECK (first_response_at >= created_at),
  CONSTRAINT owner_was_assigned CHECK (owner_id IS NULL OR assigned_at IS NOT NULL)
);
CREATE UNIQUE INDEX lead_external_id_is_used_once ON lead (workspace_id, external_source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX lead_updated_idx ON lead (workspace_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX lead_owner_idx ON lead (workspace_id, owner_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX lead_team_idx ON lead (workspace_id, team_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
-- The board adds up every open deal of a pipeline from this index alone, and reads the first cards of each stage in its order.
CREATE INDEX lead_board_idx ON lead (workspace_id, pipeline_id, stage_id, expected_close, id)
  INCLUDE (base_minor, amount_minor, probability_manual, probability_model, category, owner_id, team_id, parked_until,
           stage_entered_at, last_touch_at, next_activity_at, created_at, kind, status, deleted_at)
  WHERE status = 'open' AND kind = 'opportunity' AND deleted_at IS NULL;
-- The forecast board's columns are months, whatever the stage.
CREATE INDEX lead_forecast_idx ON lead (workspace_id, pipeline_id, expected_close, id) WHERE status = 'open' AND kind = 'opportunity' AND deleted_at IS NULL;
CREATE INDEX lead_email_idx ON lead (workspace_id, email) WHERE deleted_at IS NULL;
CREATE INDEX lead_phone_idx ON lead (workspace_id, phone) WHERE deleted_at IS NULL;
CREATE INDEX lead_company_idx ON lead (workspace_id, company_id);
CREATE INDEX lead_contact_idx ON lead (workspace_id, contact_id);
CREATE INDEX lead_created_idx ON lead (workspace_id, created_at);
CREATE INDEX lead_closed_idx ON lead (workspace_id, closed_at) WHERE closed_at IS NOT NULL;
-- How much each person has on their desk: asked at every assignment.
CREATE INDEX lead_load_idx ON lead (workspace_id, owner_id) WHERE status = 'open' AND deleted_at IS NULL;
CREATE INDEX lead_response_due_idx ON lead (workspace_id, response_due_at) WHERE first_response_at IS NULL AND status = 'open' AND deleted_at IS NULL;

-- The orders of the list, each a key that is never null, so that a page goes on from any row.
CREATE INDEX lead_amount_idx ON lead (workspace_id, coalesce(base_minor, -1) DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX lead_expected_idx ON lead (workspace_id, coalesce(expected_close, '2200-01-02'), id) WHERE deleted_at IS NULL;
CREATE INDEX lead_name_idx ON lead (workspace_id, lower(name), id) WHERE deleted_at IS NULL;
CREATE INDEX lead_unassigned_idx ON lead (workspace_id, updated_at DESC, id DESC) WHERE owner_id IS NULL AND status = 'open' AND deleted_at IS NULL;
-- Values few leads have; those many have are met soon in any order.
CREATE INDEX lead_source_idx ON lead (workspace_id, source_id) WHERE deleted_at IS NULL;
CREATE INDEX lead_country_idx ON lead (workspace_id, country) WHERE deleted_at IS NULL;
CREATE INDEX lead_industry_idx ON lead (workspace_id, industry) WHERE deleted_at IS NULL;
CREATE INDEX lead_tags_idx ON lead USING gin (tags) WHERE tags <> '{}' AND deleted_at IS NULL;

-- ---------------------------------------------------------------- search
-- Lower case without accents; the same as foldText in lib/crm/core/search-words.ts, and a test compares them.
CREATE FUNCTION search_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN octet_length(said) = length(said) THEN lower(said)
    ELSE regexp_replace(normalize(lower(said), NFKD), '[\u0300-\u036f]', '', 'g') END;

-- The words of a text: what stands between blanks and signs, whatever the script.
CREATE FUNCTION search_words(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN array_remove(regexp_split_to_array(search_fold(coalesce(said, '')),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+'), '');

-- What a lead is found by: the words of its names and its address, the address whole, the phone from its beginning and,
-- after a tilde, from its end, because people leave the country out.
-- Not in plain SQL, which the planner would dissolve: it has to know what a row costs that is not found by the index.
CREATE FUNCTION lead_search(name text, company_name text, contact_name text, email text, phone text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
BEGIN
  RETURN array_to_tsvector(array_remove(
    public.search_words(name || ' ' || coalesce(company_name, '') || ' ' || coalesce(contact_name, '') || ' ' || coalesce(regexp_replace(email, '\.[^.]*$', ''), ''))
      || ARRAY[email, substr(phone, 2), '~' || reverse(substr(phone, 2))], NULL));
END $$;
CREATE INDEX lead_search_idx ON lead USING gin (lead_search(name, company_name, contact_name, email, phone)) WHERE deleted_at IS NULL;

-- The words in use: who mistypes one is led to those like it.
CREATE TABLE crm_word (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  word         text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, word)
);
CREATE INDEX crm_word_trgm ON crm_word USING gin (word gin_trgm_ops);

-- Numbers and very long words are nobody's typing error.
CREATE FUNCTION words_to_keep(name text, company_name text, contact_name text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT DISTINCT w FROM unnest(search_words(name || ' ' || coalesce(company_name, '') || ' ' || coalesce(contact_name, ''))) w
   WHERE length(w) BETWEEN 3 AND 40 AND w !~ '[0-9]'
$$;

CREATE FUNCTION lead_brings_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO crm_word (workspace_id, word)
  SELECT DISTINCT b.workspace_id, w.word FROM born b CROSS JOIN LATERAL words_to_keep(b.name, b.company_name, b.contact_name) w (word)
   WHERE NOT EXISTS (SELECT FROM crm_word k WHERE k.workspace_id = b.workspace_id AND k.word = w.word)
   ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_brings_words AFTER INSERT ON lead REFERENCING NEW TABLE AS born FOR EACH STATEMENT EXECUTE FUNCTION lead_brings_words();

-- A new name brings its words; the words of the old one go when no lead has them any more: somebody erased leaves none.
CREATE FUNCTION lead_changes_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO crm_word (workspace_id, word)
  SELECT NEW.workspace_id, w.word FROM words_to_keep(NEW.name, NEW.company_name, NEW.contact_name) w (word)
   WHERE NOT EXISTS (SELECT FROM crm_word k WHERE k.workspace_id = NEW.workspace_id AND k.word = w.word)
   ORDER BY 2
  ON CONFLICT DO NOTHING;
  DELETE FROM crm_word k
   WHERE k.workspace_id = NEW.workspace_id
     AND k.word IN (SELECT words_to_keep(OLD.name, OLD.company_name, OLD.contact_name) EXCEPT SELECT words_to_keep(NEW.name, NEW.company_name, NEW.contact_name))
     AND NOT EXISTS (SELECT FROM lead l WHERE l.workspace_id = NEW.workspace_id AND l.deleted_at IS NULL
       AND lead_search(l.name, l.company_name, l.contact_name, l.email, l.phone) @@ quote_literal(k.word)::tsquery);
  RETURN NULL;
END $$;
CREATE TRIGGER lead_changes_words AFTER UPDATE OF name, company_name, contact_name ON lead FOR EACH ROW
  WHEN ((OLD.name, OLD.company_name, OLD.contact_name) IS DISTINCT FROM (NEW.name, NEW.company_name, NEW.contact_name)) EXECUTE FUNCTION lead_changes_words();

CREATE TABLE lead_follower (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  user_id      uuid NOT NULL,
  PRIMARY KEY (workspace_id, lead_id, user_id),
  CONSTRAINT follower_follows_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT follower_is_a_person FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);

-- What the row itself decides, whoever writes it.
CREATE FUNCTION lead_settles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_zone text;
  base text;
  on_day date;
  frozen boolean := false;
BEGIN
  -- Taking a merge back writes the row as it was, to the last byte.
  IF current_setting('meridian.merging', true) = 'exact' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF current_setting('meridian.merging', true) IS DISTINCT FROM 'on' AND (
         (OLD.source_id IS NOT NULL AND NEW.source_id IS DISTINCT FROM OLD.source_id)
      OR (OLD.medium IS NOT NULL AND NEW.medium IS DISTINCT FROM OLD.medium)
      OR (OLD.campaign IS NOT NULL AND NEW.campaign IS DISTINCT FROM OLD.campaign)
      OR (OLD.first_touch <> '{}' AND NEW.first_touch IS DISTINCT FROM OLD.first_touch)) THEN
      RAISE EXCEPTION 'the first touch of a lead is kept' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'first_touch_is_kept';
    END IF;
    -- A frozen amount moves only with what it was frozen from.
    frozen := NEW.status <> 'open' AND OLD.status <> 'open' AND OLD.base_minor IS NOT NULL
       AND (NEW.amount_minor, NEW.currency, NEW.closed_at) IS NOT DISTINCT FROM (OLD.amount_minor, OLD.currency, OLD.closed_at)
       AND current_setting('meridian.restating', true) IS DISTINCT FROM 'on';
  END IF;
  IF frozen THEN
    NEW.base_minor := OLD.base_minor;
  ELSIF NEW.amount_minor IS NULL THEN
    NEW.base_minor := NULL;
  ELSE
    SELECT w.zone, w.base_currency INTO of_zone, base FROM workspace w WHERE w.id = NEW.workspace_id;
    IF base = NEW.currency THEN
      NEW.base_minor := NEW.amount_minor;
    ELSE
      -- A closed amount at its closing day's rate, an open one at today's: the writer's today, which is never behind the clock's.
      on_day := (coalesce(NEW.closed_at, greatest(NEW.updated_at, now())) AT TIME ZONE of_zone)::date;
      NEW.base_minor := to_base_minor(NEW.workspace_id, NEW.amount_minor, NEW.currency, on_day);
    END IF;
  END IF;
  IF NEW.owner_id IS NOT NULL AND NEW.assigned_at IS NULL THEN
    NEW.assigned_at := CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE NEW.updated_at END;
  END IF;
  IF NEW.owner_id IS NOT NULL AND NEW.first_owner_id IS NULL THEN
    NEW.first_owner_id := NEW.owner_id;
    NEW.first_team_id := NEW.team_id;
  END IF;
  IF NEW.opportunity_at IS NULL THEN
    NEW.opportunity_owner_id := NULL;
    NEW.opportunity_team_id := NULL;
  ELSIF NEW.opportunity_owner_id IS NULL AND NEW.owner_id IS NOT NULL THEN
    NEW.opportunity_owner_id := NEW.owner_id;
    NEW.opportunity_team_id := NEW.team_id;
  END IF;
  IF NEW.closed_at IS NULL THEN
    NEW.closed_owner_id := NULL;
    NEW.closed_team_id := NULL;
  ELSIF TG_OP = 'INSERT' OR OLD.closed_at IS NULL THEN
    NEW.closed_owner_id := coalesce(NEW.closed_owner_id, NEW.owner_id);
    NEW.closed_team_id := coalesce(NEW.closed_team_id, NEW.team_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lead_settles BEFORE INSERT OR UPDATE ON lead FOR EACH ROW EXECUTE FUNCTION lead_settles();

-- ---------------------------------------------------------------- what happened: append-only
CREATE FUNCTION is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- One row for each event of a lead's life; each says how the lead stood after it, so a stage lasts from its row to the next.
CREATE TABLE stage_history (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  seq          integer NOT NULL,
  event        text NOT NULL CONSTRAINT lead_event_is_known CHECK (event IN
    ('created', 'converted', 'reverted', 'moved', 'won', 'lost', 'junked', 'reopened', 'restated', 'merged', 'unmerged', 'deleted', 'restored')),
  -- When it happened; never before the row before it.
  at           timestamptz(3) NOT NULL,
  kind         lead_kind NOT NULL,
  status       lead_status NOT NULL,
  pipeline_id  uuid,
  from_stage_id uuid,
  stage_id     uuid,
  -- At the event.
  owner_id     uuid,
  team_id      uuid,
  amount_minor bigint,
  currency     char(3) NOT NULL,
  base_minor   bigint,
  expected_close date,
  -- When it was written down, by whom and how: person, job, rule, import, api, undo.
  recorded_at  timestamptz(3) NOT NULL DEFAULT now(),
  -- Of the lead, after it.
  version      integer NOT NULL,
  actor_id     uuid,
  via          text,
  PRIMARY KEY (workspace_id, lead_id, seq),
  CONSTRAINT history_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE INDEX stage_history_at_idx ON stage_history (workspace_id, at);
CREATE TRIGGER stage_history_is_append_only BEFORE UPDATE OR DELETE ON stage_history FOR EACH ROW EXECUTE FUNCTION is_append_only();
CREATE TRIGGER stage_history_is_not_truncated BEFORE TRUNCATE ON stage_history FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

-- One row for each field that changed. Personal fields (name, e-mail, phone, description) say that they changed and not to what.
CREATE TABLE opportunity_change (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  id           bigint GENERATED ALWAYS AS IDENTITY,
  field        text NOT NULL,
  before       jsonb,
  after        jsonb,
  at           timestamptz(3) NOT NULL,
  version      integer NOT NULL,
  actor_id     uuid,
  via          text,
  PRIMARY KEY (workspace_id, lead_id, id),
  CONSTRAINT change_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE INDEX opportunity_change_at_idx ON opportunity_change (workspace_id, field, at);
-- But for one thing: when somebody is erased, what a field said of them goes; that it changed, when and by whom, stays.
CREATE FUNCTION change_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('meridian.erasing', true) = 'on' AND NEW.before IS NULL AND NEW.after IS NULL
     AND (NEW.workspace_id, NEW.lead_id, NEW.id, NEW.field, NEW.at, NEW.version, NEW.actor_id, NEW.via)
         IS NOT DISTINCT FROM (OLD.workspace_id, OLD.lead_id, OLD.id, OLD.field, OLD.at, OLD.version, OLD.actor_id, OLD.via) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'opportunity_change is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER opportunity_change_is_append_only BEFORE UPDATE OR DELETE ON opportunity_change FOR EACH ROW EXECUTE FUNCTION change_is_kept();
CREATE TRIGGER opportunity_change_is_not_truncated BEFORE TRUNCATE ON opportunity_change FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

-- Whoever writes says who they are: set_config('meridian.actor', <user id>, true) and set_config('meridian.via', …, true).
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('meridian.actor', true), '')::uuid
$$;
CREATE FUNCTION acting_via() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('meridian.via', true), '')
$$;

CREATE FUNCTION lead_is_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- How it closed on arrival is an event of its own, and so is a conversion: an import tells the same story as life.
  INSERT INTO stage_history (workspace_id, lead_id, seq, event, at, kind, status, pipeline_id, from_stage_id, stage_id,
                             owner_id, team_id, amount_minor, currency, base_minor, expected_close, version, actor_id, via)
  SELECT a.workspace_id, a.id, (row_number() OVER (PARTITION BY a.workspace_id, a.id ORDER BY e.rank))::int, e.event, e.at, e.kind, e.status,
         e.pipeline_id, NULL, e.stage_id, e.owner_id, e.team_id, a.amount_minor, a.currency, a.base_minor, a.expected_close, a.version, acting_user(), acting_via()
    FROM born a
   CROSS JOIN LATERAL (VALUES
     (1, 'created', a.created_at, CASE WHEN a.converted_at IS NULL THEN a.kind ELSE 'lead' END, 'open'::lead_status,
      CASE WHEN a.converted_at IS NULL THEN a.pipeline_id END,
      CASE WHEN a.converted_at IS NULL AND a.status = 'open' THEN a.stage_id END, coalesce(a.first_owner_id, a.owner_id), coalesce(a.first_team_id, a.team_id), true),
     (2, 'converted', a.converted_at, 'opportunity'::lead_kind, 'open'::lead_status, a.pipeline_id,
      CASE WHEN a.status = 'open' THEN a.stage_id END, a.owner_id, a.team_id, a.converted_at IS NOT NULL),
     (3, a.status::text, a.closed_at, a.kind, a.status, a.pipeline_id, a.stage_id,
      a.closed_owner_id, a.closed_team_id, a.status <> 'open')
   ) AS e (rank, event, at, kind, status, pipeline_id, stage_id, owner_id, team_id, holds)
   WHERE e.holds;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_is_born AFTER INSERT ON lead REFERENCING NEW TABLE AS born FOR EACH STATEMENT EXECUTE FUNCTION lead_is_born();

-- The plan is made once a session, for however many rows came first: a nested loop made for one would be run for thousands.
CREATE FUNCTION lead_lives() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off SET enable_hashjoin = on AS $$
BEGIN
  INSERT INTO stage_history (workspace_id, lead_id, seq, event, at, kind, status, pipeline_id, from_stage_id, stage_id,
                             owner_id, team_id, amount_minor, currency, base_minor, expected_close, version, actor_id, via)
  SELECT n.workspace_id, n.id, l.seq + (row_number() OVER (PARTITION BY n.workspace_id, n.id ORDER BY e.rank))::int, e.event,
         greatest(e.at, l.at), n.kind, n.status, n.pipeline_id, o.stage_id, n.stage_id, n.owner_id, n.team_id,
         n.amount_minor, n.currency, n.base_minor, n.expected_close, n.version, acting_user(), acting_via()
    FROM before o
    JOIN after n ON n.workspace_id = o.workspace_id AND n.id = o.id
   CROSS JOIN LATERAL (VALUES
     (1, 'restored', n.updated_at, o.deleted_at IS NOT NULL AND n.deleted_at IS NULL AND o.merged_into IS NULL),
     (1, 'unmerged', n.updated_at, o.deleted_at IS NOT NULL AND n.deleted_at IS NULL AND o.merged_into IS NOT NULL),
     (2, 'converted', n.converted_at, o.kind = 'lead' AND n.kind = 'opportunity'),
     (2, 'reverted', n.updated_at, o.kind = 'opportunity' AND n.kind = 'lead'),
     (3, 'reopened', n.updated_at, o.status <> 'open' AND n.status = 'open'),
     (3, n.status::text, n.closed_at, n.status <> 'open' AND n.status <> o.status),
     (4, 'restated', n.updated_at, (n.status = o.status AND n.status <> 'open' AND n.closed_at <> o.closed_at) OR n.created_at <> o.created_at),
     (5, 'moved', n.stage_entered_at, n.kind = o.kind AND n.status = o.status AND n.stage_id <> o.stage_id),
     (6, 'merged', n.deleted_at, o.deleted_at IS NULL AND n.deleted_at IS NOT NULL AND n.merged_into IS NOT NULL),
     (6, 'deleted', n.deleted_at, o.deleted_at IS NULL AND n.deleted_at IS NOT NULL AND n.merged_into IS NULL)
   ) AS e (rank, event, at, holds)
   CROSS JOIN LATERAL (
     SELECT h.seq, h.at FROM stage_history h
      WHERE h.workspace_id = n.workspace_id AND h.lead_id = n.id ORDER BY h.seq DESC LIMIT 1) AS l
   WHERE e.holds;

  INSERT INTO opportunity_change (workspace_id, lead_id, field, before, after, at, version, actor_id, via)
  SELECT n.workspace_id, n.id, f.field, f.before, f.after,
         CASE f.field WHEN 'base' THEN greatest(n.updated_at, now()) ELSE n.updated_at END, n.version, acting_user(), acting_via()
    FROM before o
    JOIN after n ON n.workspace_id = o.workspace_id AND n.id = o.id
   CROSS JOIN LATERAL (VALUES
     ('amount', CASE WHEN o.amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minor', o.amount_minor, 'currency', o.currency) END,
                CASE WHEN n.amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minor', n.amount_minor, 'currency', n.currency) END,
                (o.amount_minor, o.currency) IS DISTINCT FROM (n.amount_minor, n.currency)),
     -- What a closed deal was reported with moves only when a missing rate comes or rates are restated.
     ('base', to_jsonb(o.base_minor), to_jsonb(n.base_minor), o.base_minor IS DISTINCT FROM n.base_minor AND o.status <> 'open' AND n.status <> 'open'
       AND (o.amount_minor, o.currency) IS NOT DISTINCT FROM (n.amount_minor, n.currency)),
     ('mrr', to_jsonb(o.mrr_minor), to_jsonb(n.mrr_minor), o.mrr_minor IS DISTINCT FROM n.mrr_minor),
     ('expected_close', to_jsonb(o.expected_close), to_jsonb(n.expected_close), o.expected_close IS DISTINCT FROM n.expected_close),
     ('category', to_jsonb(o.category), to_jsonb(n.category), o.category IS DISTINCT FROM n.category),
     ('probability', to_jsonb(o.probability_manual), to_jsonb(n.probability_manual), o.probability_manual IS DISTINCT FROM n.probability_manual),
     ('owner', to_jsonb(o.owner_id), to_jsonb(n.owner_id), o.owner_id IS DISTINCT FROM n.owner_id),
     ('team', to_jsonb(o.team_id), to_jsonb(n.team_id), o.team_id IS DISTINCT FROM n.team_id),
     ('product', to_jsonb(o.product_id), to_jsonb(n.product_id), o.product_id IS DISTINCT FROM n.product_id),
     ('company', to_jsonb(o.company_name), to_jsonb(n.company_name), (o.company_id, o.company_name) IS DISTINCT FROM (n.company_id, n.company_name)),
     ('source', to_jsonb(o.source_id), to_jsonb(n.source_id), o.source_id IS DISTINCT FROM n.source_id),
     ('country', to_jsonb(o.country), to_jsonb(n.country), o.country IS DISTINCT FROM n.country),
     ('industry', to_jsonb(o.industry), to_jsonb(n.industry), o.industry IS DISTINCT FROM n.industry),
     ('parked_until', to_jsonb(o.parked_until), to_jsonb(n.parked_until), o.parked_until IS DISTINCT FROM n.parked_until),
     ('tags', to_jsonb(o.tags), to_jsonb(n.tags), o.tags IS DISTINCT FROM n.tags),
     ('custom', o.custom, n.custom, o.custom IS DISTINCT FROM n.custom),
     ('lost_reason', to_jsonb(o.lost_reason_id), to_jsonb(n.lost_reason_id), o.lost_reason_id IS DISTINCT FROM n.lost_reason_id),
     ('closed_at', to_jsonb(o.closed_at), to_jsonb(n.closed_at), o.closed_at IS DISTINCT FROM n.closed_at),
     ('name', NULL, NULL, o.name IS DISTINCT FROM n.name),
     ('contact', NULL, NULL, (o.contact_id, o.contact_name) IS DISTINCT FROM (n.contact_id, n.contact_name)),
     ('email', NULL, NULL, o.email IS DISTINCT FROM n.email),
     ('phone', NULL, NULL, o.phone IS DISTINCT FROM n.phone),
     ('description', NULL, NULL, o.description IS DISTINCT FROM n.description)
   ) AS f (field, before, after, holds)
   WHERE f.holds;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_lives AFTER UPDATE ON lead REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION lead_lives();

-- A lead is never removed: it is deleted softly, and its number leads to what it was merged into.
CREATE FUNCTION lead_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'leads are deleted softly' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER lead_stays BEFORE DELETE ON lead FOR EACH ROW EXECUTE FUNCTION lead_stays();

-- A company's new name is its leads' new name for it: a change of theirs, so that taking back an older one is refused.
CREATE FUNCTION company_is_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lead SET company_name = NEW.name, version = version + 1, updated_at = greatest(updated_at, NEW.updated_at)
   WHERE workspace_id = NEW.workspace_id AND company_id = NEW.id AND company_name IS DISTINCT FROM NEW.name;
  RETURN NULL;
END $$;
CREATE TRIGGER company_is_renamed AFTER UPDATE OF name ON company FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION company_is_renamed();

-- How the open pipeline stood, deal by deal: a row lasts while nothing that counts changes. `to_day` null: still so.
-- Pipeline of day d: from_day <= d AND (to_day IS NULL OR to_day > d). Days are the workspace's.
CREATE TABLE pipeline_snapshot (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  from_day     date NOT NULL,
  to_day       date,
  pipeline_id  uuid NOT NULL,
  stage_id     uuid NOT NULL,
  owner_id     uuid,
  team_id      uuid,
  amount_minor bigint,
  currency     char(3) NOT NULL,
  base_minor   bigint,
  probability  numeric(5, 2) NOT NULL,
  category     forecast_category NOT NULL,
  expected_close date,
  PRIMARY KEY (workspace_id, lead_id, from_day),
  CONSTRAINT snapshot_ends_after_it_starts CHECK (to_day > from_day),
  CONSTRAINT snapshot_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE INDEX pipeline_snapshot_day_idx ON pipeline_snapshot (workspace_id, to_day, from_day);
CREATE UNIQUE INDEX snapshot_goes_on_once ON pipeline_snapshot (workspace_id, lead_id) WHERE to_day IS NULL;

CREATE TABLE pipeline_snapshot_day (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  day          date NOT NULL,
  taken_at     timestamptz(3) NOT NULL,
  deals        integer NOT NULL,
  base_minor   bigint NOT NULL,
  without_base integer NOT NULL,
  -- Taken later than the day after, from what happened since.
  replayed     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, day)
);

-- ---------------------------------------------------------------- merges and undo
CREATE TABLE lead_merge (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  -- 'lead', 'company' or 'contact'.
  record       text NOT NULL CONSTRAINT merge_record_is_known CHECK (record IN ('lead', 'company', 'contact')),
  survivor_id  uuid NOT NULL,
  merged_ids   uuid[] NOT NULL CONSTRAINT merge_takes_somebody_in CHECK (cardinality(merged_ids) BETWEEN 1 AND 50),
  -- Every row that changed, by table: as it was, and as the merge left it. Taken back only while it still is so.
  before       jsonb NOT NULL,
  after        jsonb NOT NULL,
  merged_at    timestamptz(3) NOT NULL,
  merged_by    uuid,
  undone_at    timestamptz(3),
  undone_by    uuid,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX lead_merge_survivor_idx ON lead_merge (workspace_id, survivor_id);

-- What can be taken back: the rows as they were, and the version each had afterwards.
CREATE TABLE crm_undo (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  user_id      uuid NOT NULL,
  label        text NOT NULL,
  before       jsonb NOT NULL,
  made_at      timestamptz(3) NOT NULL,
  undone_at    timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX crm_undo_age_idx ON crm_undo (made_at);

-- ---------------------------------------------------------------- activities and notes
CREATE TYPE activity_kind AS ENUM ('call', 'mail', 'meeting', 'task');

-- Planned while done_at is null; logged once it is set.
CREATE TABLE activity (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  lead_id      uuid NOT NULL,
  kind         activity_kind NOT NULL,
  subject      text NOT NULL CONSTRAINT activity_has_a_subject CHECK (length(btrim(subject)) BETWEEN 1 AND 200),
  note         text CONSTRAINT activity_note_is_bounded CHECK (length(note) <= 10000),
  due_at       timestamptz(3),
  -- A day without a time: due_at is its end.
  all_day      boolean NOT NULL DEFAULT false,
  duration_minutes integer CONSTRAINT activity_duration_is_sane CHECK (duration_minutes BETWEEN 0 AND 1440),
  remind_at    timestamptz(3),
  reminded_at  timestamptz(3),
  assignee_id  uuid,
  created_by   uuid,
  created_at   timestamptz(3) NOT NULL,
  done_at      timestamptz(3),
  done_by      uuid,
  -- From them, or to them: of calls and mails.
  direction    text CONSTRAINT direction_is_known CHECK (direction IN ('in', 'out')),
  outcome      text CONSTRAINT outcome_is_short CHECK (length(outcome) <= 2000),
  -- A person did it; machines' mails are no answer.
  human        boolean NOT NULL DEFAULT true,
  meeting_id   uuid,
  mail_id      uuid,
  version      integer NOT NULL DEFAULT 1,
  deleted_at   timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT activity_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id),
  CONSTRAINT activity_assignee_exists FOREIGN KEY (workspace_id, assignee_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT planned_activity_is_due CHECK (done_at IS NOT NULL OR due_at IS NOT NULL)
);
CREATE INDEX activity_lead_idx ON activity (workspace_id, lead_id, done_at);
CREATE INDEX activity_planned_idx ON activity (workspace_id, lead_id, due_at) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX activity_assignee_idx ON activity (workspace_id, assignee_id, due_at) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX activity_remind_idx ON activity (remind_at) WHERE reminded_at IS NULL AND done_at IS NULL AND deleted_at IS NULL;
-- Everybody's: what is due, the oldest first, and what was done.
CREATE INDEX activity_due_idx ON activity (workspace_id, due_at, id) WHERE done_at IS NULL AND deleted_at IS NULL;
CREATE INDEX activity_all_done_idx ON activity (workspace_id, done_at) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX activity_mail_idx ON activity (workspace_id, mail_id) WHERE mail_id IS NOT NULL;
-- What somebody did lately, the last first.
CREATE INDEX activity_done_idx ON activity (workspace_id, assignee_id, done_at) WHERE done_at IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX meeting_is_one_activity ON activity (workspace_id, meeting_id) WHERE meeting_id IS NOT NULL;

-- What is written about a lead while it is merged into another one goes to that one. The lock makes it wait for a merge.
CREATE FUNCTION follows_the_merge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  survivor uuid;
BEGIN
  LOOP
    SELECT l.merged_into INTO survivor FROM lead l WHERE l.workspace_id = NEW.workspace_id AND l.id = NEW.lead_id FOR NO KEY UPDATE;
    EXIT WHEN survivor IS NULL;
    NEW.lead_id := survivor;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER activity_follows_the_merge BEFORE INSERT ON activity FOR EACH ROW EXECUTE FUNCTION follows_the_merge();

-- The lead knows its next planned activity and its last human touch. Its version stays: nobody's edit is disturbed.
-- And here the other way round: a plan made for thousands would read all leads for one.
CREATE FUNCTION activity_tells_its_lead() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE lead l SET
    next_activity_at = (SELECT min(a.due_at) FROM activity a WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id AND a.done_at IS NULL AND a.deleted_at IS NULL),
    last_touch_at = greatest(l.last_touch_at, t.touched)
    FROM (SELECT c.workspace_id, c.lead_id, max(c.done_at) FILTER (WHERE c.human AND c.deleted_at IS NULL) AS touched
            FROM changed c GROUP BY c.workspace_id, c.lead_id) t
   WHERE l.workspace_id = t.workspace_id AND l.id = t.lead_id;
  RETURN NULL;
END $$;
CREATE TRIGGER activity_is_new AFTER INSERT ON activity REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION activity_tells_its_lead();
CREATE TRIGGER activity_changes AFTER UPDATE ON activity REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION activity_tells_its_lead();

-- One that moved to another lead is no longer the first one's next step.
CREATE FUNCTION activity_leaves_its_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lead l SET
    next_activity_at = (SELECT min(a.due_at) FROM activity a WHERE a.workspace_id = l.workspace_id AND a.lead_id = l.id AND a.done_at IS NULL AND a.deleted_at IS NULL)
   WHERE l.workspace_id = OLD.workspace_id AND l.id = OLD.lead_id;
  RETURN NULL;
END $$;
CREATE TRIGGER activity_leaves AFTER UPDATE OF lead_id ON activity FOR EACH ROW WHEN (OLD.lead_id <> NEW.lead_id) EXECUTE FUNCTION activity_leaves_its_lead();

CREATE TABLE lead_note (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  lead_id      uuid NOT NULL,
  author_id    uuid,
  body         text NOT NULL CONSTRAINT note_has_a_body CHECK (length(btrim(body)) BETWEEN 1 AND 10000),
  -- People named in it, who are told.
  mentions     uuid[] NOT NULL DEFAULT '{}',
  at           timestamptz(3) NOT NULL,
  edited_at    timestamptz(3),
  deleted_at   timestamptz(3),
  version      integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT note_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE TRIGGER note_follows_the_merge BEFORE INSERT ON lead_note FOR EACH ROW EXECUTE FUNCTION follows_the_merge();
CREATE INDEX lead_note_lead_idx ON lead_note (workspace_id, lead_id, at);

-- A meeting belongs to one deal at most.
CREATE TABLE lead_meeting (
  workspace_id uuid NOT NULL,
  meeting_id   uuid NOT NULL,
  lead_id      uuid NOT NULL,
  linked_at    timestamptz(3) NOT NULL,
  -- Null: the booking page.
  linked_by    uuid,
  PRIMARY KEY (workspace_id, meeting_id),
  CONSTRAINT linked_meeting_exists FOREIGN KEY (workspace_id, meeting_id) REFERENCES meeting (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT linked_lead_exists FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE TRIGGER meeting_follows_the_merge BEFORE INSERT ON lead_meeting FOR EACH ROW EXECUTE FUNCTION follows_the_merge();
CREATE INDEX lead_meeting_lead_idx ON lead_meeting (workspace_id, lead_id);

-- A booking link whose guests become leads, and in which team's hands.
ALTER TABLE booking_link
  ADD COLUMN makes_leads boolean NOT NULL DEFAULT true;

-- ---------------------------------------------------------------- assignment
CREATE TABLE assignment_rule (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT rule_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 120),
  position     smallint NOT NULL DEFAULT 0,
  active       boolean NOT NULL DEFAULT true,
  -- Which leads: { sources, countries, industries, kinds, minAmountMinor, emailDomains }; an empty one takes all.
  conditions   jsonb NOT NULL DEFAULT '{}',
  team_id      uuid NOT NULL,
  -- Null: weighted round robin of the team; a person: always them.
  person_id    uuid,
  -- Outside the team's working hours its leads wait for them.
  in_hours     boolean NOT NULL DEFAULT true,
  version      integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT rule_team_exists FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id),
  CONSTRAINT rule_person_exists FOREIGN KEY (workspace_id, person_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT
);

-- Who was given what, and why: append-only.
CREATE TABLE lead_assignment (
  workspace_id uuid NOT NULL,
  id           uuid NOT NULL,
  lead_id      uuid NOT NULL,
  at           timestamptz(3) NOT NULL,
  owner_id     uuid,
  team_id      uuid,
  rule_id      uuid,
  -- In words: "Rule ‘Indonesia’: next in turn (weight 2 of 5), 14 of 40 open, within working hours".
  reason       text NOT NULL,
  -- Everybody who was considered, with what spoke for and against.
  considered   jsonb NOT NULL DEFAULT '[]',
  actor_id     uuid,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT assignment_is_of_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE INDEX lead_assignment_lead_idx ON lead_assignment (workspace_id, lead_id, at);
-- A merge takes it along, and nothing else of it ever changes.
CREATE FUNCTION assignment_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('meridian.merging', true) IN ('on', 'exact')
     AND to_jsonb(NEW) - 'lead_id' = to_jsonb(OLD) - 'lead_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'lead_assignment is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- Leads nobody could be given yet, with why: tried again until somebody can take them.
CREATE TABLE lead_waiting (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  since        timestamptz(3) NOT NULL,
  tried_at     timestamptz(3),
  reason       text,
  PRIMARY KEY (workspace_id, lead_id),
  CONSTRAINT waiting_lead_exists FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE INDEX lead_waiting_since_idx ON lead_waiting (workspace_id, since, lead_id);
-- Who was told that an answer is overdue: its owner, then the team's manager, each once.
CREATE TABLE answer_alarm (
  workspace_id uuid NOT NULL,
  lead_id      uuid NOT NULL,
  level        text NOT NULL CONSTRAINT alarm_level_is_known CHECK (level IN ('owner', 'manager')),
  at           timestamptz(3) NOT NULL,
  -- Null: there was nobody to tell.
  told_id      uuid,
  PRIMARY KEY (workspace_id, lead_id, level),
  CONSTRAINT alarm_is_about_a_lead FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id)
);
CREATE TRIGGER lead_assignment_is_append_only BEFORE UPDATE OR DELETE ON lead_assignment FOR EACH ROW EXECUTE FUNCTION assignment_is_kept();

-- ---------------------------------------------------------------- targets, views
CREATE TABLE target (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  user_id      uuid,
  team_id      uuid,
  month        date NOT NULL CONSTRAINT target_month_is_its_first_day CHECK (extract(day FROM month) = 1),
  -- In the workspace's currency.
  amount_minor bigint CONSTRAINT target_amount_is_not_negative CHECK (amount_minor >= 0),
  deals        integer CONSTRAINT target_count_is_not_negative CHECK (deals >= 0),
  version      integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT target_is_a_persons_or_a_teams CHECK (num_nonnulls(user_id, team_id) = 1),
  CONSTRAINT target_promises_something CHECK (num_nonnulls(amount_minor, deals) > 0),
  CONSTRAINT target_person_exists FOREIGN KEY (workspace_id, user_id) REFERENCES app_user (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT target_team_exists FOREIGN KEY (workspace_id, team_id) REFERENCES sales_team (workspace_id, id)
);
CREATE UNIQUE INDEX person_has_one_target_a_month ON target (workspace_id, user_id, month) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX team_has_one_target_a_month ON target (workspace_id, team_id, month) WHERE team_id IS NOT NULL;

CREATE TABLE crm_view (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  place        text NOT NULL CONSTRAINT view_place_is_known CHECK (place IN ('leads', 'pipeline', 'forecast', 'companies', 'contacts')),
  name         text NOT NULL CONSTRAINT view_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 60),
  owner_id     uuid NOT NULL,
  shared       boolean NOT NULL DEFAULT false,
  -- Of its owner.
  is_default   boolean NOT NULL DEFAULT false,
  -- The address's own query string.
  query        text NOT NULL CONSTRAINT view_query_is_bounded CHECK (length(query) <= 4000),
  position     smallint NOT NULL DEFAULT 0,
  created_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT view_owner_exists FOREIGN KEY (workspace_id, owner_id) REFERENCES app_user (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX view_is_named_once ON crm_view (workspace_id, owner_id, place, lower(name));
CREATE UNIQUE INDEX person_has_one_default_view ON crm_view (workspace_id, owner_id, place) WHERE is_default;

-- ---------------------------------------------------------------- import
CREATE TABLE import_mapping (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT mapping_has_a_name CHECK (length(btrim(name)) BETWEEN 1 AND 80),
  mapping      jsonb NOT NULL,
  created_by   uuid,
  updated_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT mapping_is_named_once UNIQUE (workspace_id, name)
);

CREATE TABLE import_run (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  id           uuid NOT NULL,
  file_name    text NOT NULL,
  -- Where the file lies, below the data directory or where the operator said.
  file_path    text NOT NULL,
  file_hash    text,
  mapping_name text,
  mapping      jsonb NOT NULL,
  dry_run      boolean NOT NULL DEFAULT false,
  state        text NOT NULL CONSTRAINT import_state_is_known CHECK (state IN ('uploaded', 'queued', 'running', 'done', 'failed', 'cancelled')),
  cause        text,
  total_bytes  bigint NOT NULL DEFAULT 0,
  done_bytes   bigint NOT NULL DEFAULT 0,
  -- Where to go on: saved with each batch, in its transaction.
  cursor       jsonb NOT NULL DEFAULT '{}',
  rows         integer NOT NULL DEFAULT 0,
  created      integer NOT NULL DEFAULT 0,
  updated      integer NOT NULL DEFAULT 0,
  unchanged    integer NOT NULL DEFAULT 0,
  failed       integer NOT NULL DEFAULT 0,
  corrected    integer NOT NULL DEFAULT 0,
  totals       jsonb NOT NULL DEFAULT '{}',
  asked_by     uuid,
  asked_at     timestamptz(3) NOT NULL,
  started_at   timestamptz(3),
  finished_at  timestamptz(3),
  version      integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX import_run_asked_idx ON import_run (workspace_id, asked_at DESC);

CREATE TABLE import_issue (
  workspace_id uuid NOT NULL,
  run_id       uuid NOT NULL,
  id           bigint GENERATED ALWAYS AS IDENTITY,
  -- Of a folder's files, which; null is the one.
  file_name    text,
  row_number   integer NOT NULL,
  column_name  text,
  severity     text NOT NULL CONSTRAINT issue_severity_is_known CHECK (severity IN ('error', 'corrected', 'warning')),
  code         text NOT NULL,
  message      text NOT NULL,
  value        text,
  PRIMARY KEY (workspace_id, run_id, id),
  CONSTRAINT issue_is_of_a_run FOREIGN KEY (workspace_id, run_id) REFERENCES import_run (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX import_issue_code_idx ON import_issue (workspace_id, run_id, severity, code);

-- ---------------------------------------------------------------- whoever leaves
-- Open deals are handed over first; closed ones keep the name of whose they were. What was planned for others' deals goes
-- to whose they are, and no rule or turn finds the one who left.
CREATE FUNCTION person_leaves_sales() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM lead WHERE workspace_id = NEW.workspace_id AND owner_id = NEW.id AND status = 'open' AND deleted_at IS NULL) THEN
    RAISE EXCEPTION 'open deals are handed over first' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'open_deals_have_an_owner_who_is_here';
  END IF;
  UPDATE activity a SET assignee_id = l.owner_id, version = a.version + 1
    FROM lead l
   WHERE a.workspace_id = NEW.workspace_id AND a.assignee_id = NEW.id AND a.done_at IS NULL
     AND l.workspace_id = a.workspace_id AND l.id = a.lead_id;
  DELETE FROM sales_team_member WHERE workspace_id = NEW.workspace_id AND user_id = NEW.id;
  DELETE FROM sales_person WHERE workspace_id = NEW.workspace_id AND user_id = NEW.id;
  DELETE FROM lead_follower WHERE workspace_id = NEW.workspace_id AND user_id = NEW.id;
  UPDATE sales_team SET manager_id = NULL, version = version + 1 WHERE workspace_id = NEW.workspace_id AND manager_id = NEW.id;
  UPDATE assignment_rule SET person_id = NULL, version = version + 1 WHERE workspace_id = NEW.workspace_id AND person_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER person_leaves_sales AFTER UPDATE OF removed_at ON app_user FOR EACH ROW
  WHEN (OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) EXECUTE FUNCTION person_leaves_sales();

-- ---------------------------------------------------------------- notices about leads
ALTER TABLE notification
  ADD COLUMN lead_id uuid,
  ADD CONSTRAINT notification_lead_exists FOREIGN KEY (workspace_id, lead_id) REFERENCES lead (workspace_id, id) ON DELETE CASCADE;
CREATE INDEX notification_lead_idx ON notification (workspace_id, lead_id) WHERE lead_id IS NOT NULL;

-- ---------------------------------------------------------------- what every workspace begins with
CREATE FUNCTION crm_begins(of_workspace uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sales uuid := gen_random_uuid();
BEGIN
  INSERT INTO pipeline (workspace_id, id, name, is_default) VALUES (of_workspace, sales, 'Sales', true);
  INSERT INTO stage (workspace_id, id, pipeline_id, name, type, probability, rot_days, category, position)
    SELECT of_workspace, gen_random_uuid(), sales, s.name, s.type::stage_type, s.probability, s.rot_days, s.category::forecast_category, s.position
      FROM (VALUES ('Qualified', 'open', 10, 21, 'pipeline', 0), ('Discovery', 'open', 20, 21, 'pipeline', 1),
                   ('Demo held', 'open', 35, 14, 'pipeline', 2), ('Proposal', 'open', 50, 14, 'best_case', 3),
                   ('Negotiation', 'open', 70, 14, 'commit', 4), ('Contract sent', 'open', 90, 10, 'commit', 5),
                   ('Won', 'won', 100, NULL, 'closed', 6), ('Lost', 'lost', 0, NULL, 'omitted', 7))
           AS s (name, type, probability, rot_days, category, position);
  INSERT INTO lost_reason (workspace_id, id, kind, name, position)
    SELECT of_workspace, gen_random_uuid(), r.kind, r.name, r.position
      FROM (VALUES ('lost', 'Price', 0), ('lost', 'Competitor', 1), ('lost', 'No budget', 2), ('lost', 'No decision', 3), ('lost', 'Missing feature', 4), ('lost', 'Timing', 5),
                   ('junk', 'Spam', 0), ('junk', 'Wrong contact', 1), ('junk', 'Not a customer', 2), ('junk', 'Duplicate', 3)) AS r (kind, name, position);
  INSERT INTO lead_source (workspace_id, id, name, position)
    SELECT of_workspace, gen_random_uuid(), s.name, s.position
      FROM (VALUES ('Booking page', 0), ('Website', 1), ('Referral', 2), ('Event', 3), ('Outbound', 4), ('Partner', 5), ('Import', 6)) AS s (name, position);
END $$;
SELECT crm_begins(id) FROM workspace;

CREATE FUNCTION workspace_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM crm_begins(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER workspace_begins AFTER INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION workspace_begins();
