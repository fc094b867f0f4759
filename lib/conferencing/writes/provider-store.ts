import { createHmac } from "node:crypto";
import { open, SealError, seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Db } from "@/lib/db/client";
import { columnFromInstant, instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { ProviderAccount } from "../core/provider";
import type { Breaker, KeptToken, ProviderStore, Turn } from "../core/provider-store";

export type ProviderStoreOptions = {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly workspaceId: string;
  /** Whose calls are counted. */
  readonly virtualRoomId: string;
};

type LeaseAsked = Parameters<ProviderStore["lease"]>[1];
type TurnRules = Parameters<ProviderStore["takeTurn"]>[1];
type Silence = Parameters<ProviderStore["noteSilence"]>[1];
type Call = Parameters<ProviderStore["countCall"]>[1];

const moment = (at: Instant): Prisma.Sql => Prisma.sql`${toIso(at)}::timestamptz`;

const lineOf = ({ workspaceId }: ProviderStoreOptions, line: string): Prisma.Sql =>
  Prisma.sql`workspace_id = ${workspaceId}::uuid AND key = ${line}`;

const placeOf = ({ workspaceId }: ProviderStoreOptions, line: string) => ({
  workspaceId,
  table: "provider_state",
  column: "sealed_token",
  id: line,
});

async function findToken(
  options: ProviderStoreOptions,
  line: string,
): Promise<KeptToken | undefined> {
  const [row] = await options.db.$queryRaw<{ sealed: Uint8Array; expiresAt: Date }[]>`
    SELECT sealed_token AS sealed, token_expires_at AS "expiresAt" FROM provider_state
    WHERE ${lineOf(options, line)} AND sealed_token IS NOT NULL AND token_expires_at IS NOT NULL`;
  if (!row) return undefined;
  try {
    const token = open(options.keys, row.sealed, placeOf(options, line)).toString("utf8");
    return { token, expiresAt: instantFromColumn(row.expiresAt) };
  } catch (error) {
    // Sealed with a key that was removed since: a token is fetched again as if there were none.
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

async function keepToken(
  options: ProviderStoreOptions,
  line: string,
  { token, expiresAt }: KeptToken,
  now: Instant,
): Promise<void> {
  const sealed = seal(options.keys, token, placeOf(options, line));
  await options.db.$executeRaw`
    UPDATE provider_state SET sealed_token = ${new Uint8Array(sealed)}, token_expires_at = ${moment(expiresAt)},
      updated_at = ${moment(now)}
    WHERE ${lineOf(options, line)}`;
}

/** One statement, so two nodes cannot both take the last one: the second sees the row as the first left it. */
async function lease(
  options: ProviderStoreOptions,
  line: string,
  { id, kind, limit, until, now }: LeaseAsked,
): Promise<boolean> {
  const name = `${kind}/${id}`;
  const taken = await options.db.$executeRaw`
    UPDATE provider_state SET updated_at = ${moment(now)}, leases = jsonb_build_object(${name}::text, ${toIso(until)}::text)
      || coalesce((SELECT jsonb_object_agg(held.name, held.until) FROM jsonb_each_text(leases) AS held (name, until)
        WHERE held.until::timestamptz > ${moment(now)} AND held.name <> ${name}), '{}'::jsonb)
    WHERE ${lineOf(options, line)} AND (
      SELECT count(*) FROM jsonb_each_text(leases) AS held (name, until)
      WHERE held.until::timestamptz > ${moment(now)} AND split_part(held.name, '/', 1) = ${kind}) < ${limit}::integer`;
  return taken === 1;
}

async function giveBack(options: ProviderStoreOptions, line: string, name: string): Promise<void> {
  await options.db.$executeRaw`
    UPDATE provider_state SET leases = leases - ${name}::text WHERE ${lineOf(options, line)}`;
}

/** Tokens in the bucket by now. Below zero are calls that were granted and still wait for their turn. */
const filled = ({ pace, now }: TurnRules): Prisma.Sql => Prisma.sql`
  CASE WHEN bucket_at IS NULL THEN ${pace.burst}::double precision
    ELSE least(${pace.burst}::double precision, bucket
      + greatest(0, extract(epoch FROM ${moment(now)} - bucket_at)) * ${pace.perSecond}::double precision) END`;

type Line = { readonly failures: number; readonly openUntil: Date | null };

/**
 * Lines are named by credentials, which no page may read; a virtual room's own row says until when it is kept waiting.
 * It runs out by itself: whoever closes a line does so after that moment.
 */
async function tellRoom(
  { db, workspaceId, virtualRoomId }: ProviderStoreOptions,
  until: Date | null | undefined,
): Promise<void> {
  if (!until) return;
  await db.$executeRaw`
    INSERT INTO provider_state AS told (workspace_id, key, open_until)
    VALUES (${workspaceId}::uuid, ${`room/${virtualRoomId}`}, ${moment(instantFromColumn(until))})
    ON CONFLICT (workspace_id, key) DO UPDATE SET open_until = greatest(told.open_until, excluded.open_until)`;
}

function refusedTurn(line: Line | undefined, rules: TurnRules): Turn {
  const closedForMs = (line?.openUntil?.getTime() ?? 0) - rules.now;
  if (line === undefined || closedForMs <= 0) {
    return {
      granted: false,
      why: "crowded",
      seconds: Math.ceil(rules.pace.longestWaitMs / 1_000) || 1,
    };
  }
  const why = line.failures >= rules.breaker.failures ? "open" : "paused";
  return { granted: false, why, seconds: Math.ceil(closedForMs / 1_000) };
}

async function takeTurn(
  options: ProviderStoreOptions,
  line: string,
  rules: TurnRules,
): Promise<Turn> {
  const { pace, breaker, now, probeUntil } = rules;
  const lowest = -(pace.longestWaitMs / 1_000) * pace.perSecond;
  const [turn] = await options.db.$queryRaw<{ bucket: number; failures: number }[]>`
    UPDATE provider_state SET bucket = ${filled(rules)} - 1, bucket_at = greatest(bucket_at, ${moment(now)}),
      open_until = CASE WHEN failures >= ${breaker.failures}::integer THEN ${moment(probeUntil)} ELSE open_until END,
      updated_at = ${moment(now)}
    WHERE ${lineOf(options, line)} AND (open_until IS NULL OR open_until <= ${moment(now)})
      AND ${filled(rules)} - 1 >= ${lowest}::double precision
    RETURNING bucket, failures`;
  if (turn) {
    const waitMs = turn.bucket >= 0 ? 0 : Math.ceil((-turn.bucket / pace.perSecond) * 1_000);
    return { granted: true, waitMs, probing: turn.failures >= breaker.failures };
  }
  const [state] = await options.db.$queryRaw<Line[]>`
    SELECT failures, open_until AS "openUntil" FROM provider_state WHERE ${lineOf(options, line)}`;
  const refused = refusedTurn(state, rules);
  // Rooms that share a line learn of a pause here. An open one may be open only for the probe.
  if (!refused.granted && refused.why === "paused") await tellRoom(options, state?.openUntil);
  return refused;
}

async function noteAnswer(
  options: ProviderStoreOptions,
  line: string,
  breaker: Breaker,
): Promise<void> {
  // A pause the provider asked for outlives the answers to calls that were already on their way.
  await options.db.$executeRaw`
    UPDATE provider_state SET failures = 0,
      open_until = CASE WHEN failures >= ${breaker.failures}::integer THEN NULL ELSE open_until END
    WHERE ${lineOf(options, line)} AND failures > 0`;
}

/** Only a failed probe makes the pause longer: of many calls that were on their way together, each fails once. */
async function noteSilence(
  options: ProviderStoreOptions,
  line: string,
  { breaker, probing, now }: Silence,
): Promise<void> {
  const reached = probing
    ? Prisma.sql`failures + 1`
    : Prisma.sql`least(failures + 1, ${breaker.failures}::integer)`;
  const [state] = await options.db.$queryRaw<Line[]>`
    UPDATE provider_state SET failures = ${reached}, updated_at = ${moment(now)},
      open_until = CASE WHEN ${reached} < ${breaker.failures}::integer THEN open_until
        WHEN ${probing}::boolean OR failures < ${breaker.failures}::integer
          THEN ${moment(now)} + ${breaker.openMs}::double precision * interval '1 millisecond'
            * power(2, least(${reached} - ${breaker.failures}::integer, 4))
        ELSE open_until END
    WHERE ${lineOf(options, line)}
    RETURNING failures, open_until AS "openUntil"`;
  if (state && state.failures >= breaker.failures) await tellRoom(options, state.openUntil);
}

async function pause(options: ProviderStoreOptions, line: string, until: Instant): Promise<void> {
  await options.db.$executeRaw`
    UPDATE provider_state SET failures = 0, open_until = greatest(open_until, ${moment(until)})
    WHERE ${lineOf(options, line)}`;
  await tellRoom(options, columnFromInstant(until));
}

async function countCall(
  { db, workspaceId, virtualRoomId }: ProviderStoreOptions,
  account: ProviderAccount,
  { writes, quota }: Call,
  now: Instant,
): Promise<boolean> {
  const more = writes ? 1 : 0;
  const counted = await db.$executeRaw`
    INSERT INTO provider_day AS day (workspace_id, virtual_room_id, account_id, on_date, calls, writes)
    VALUES (${workspaceId}::uuid, ${virtualRoomId}::uuid, ${account.id}::uuid,
      (${toIso(now)}::timestamptz AT TIME ZONE 'UTC')::date, 1, ${more}::integer)
    ON CONFLICT (workspace_id, virtual_room_id, account_id, on_date)
    DO UPDATE SET calls = day.calls + 1, writes = day.writes + ${more}::integer
      WHERE ${more}::integer = 0 OR ${quota}::integer IS NULL OR day.writes < ${quota}::integer`;
  return counted === 1;
}

async function countTrouble(
  { db, workspaceId, virtualRoomId }: ProviderStoreOptions,
  account: ProviderAccount,
  what: "failures" | "throttled",
  now: Instant,
): Promise<void> {
  const failed = what === "failures" ? 1 : 0;
  await db.$executeRaw`
    UPDATE provider_day SET failures = failures + ${failed}::integer, throttled = throttled + ${1 - failed}::integer
    WHERE workspace_id = ${workspaceId}::uuid AND virtual_room_id = ${virtualRoomId}::uuid
      AND account_id = ${account.id}::uuid AND on_date = (${toIso(now)}::timestamptz AT TIME ZONE 'UTC')::date`;
}

async function spendDay(
  { db, workspaceId, virtualRoomId }: ProviderStoreOptions,
  account: ProviderAccount,
  quota: number,
  now: Instant,
): Promise<void> {
  await db.$executeRaw`
    UPDATE provider_day SET writes = greatest(writes, ${quota}::integer)
    WHERE workspace_id = ${workspaceId}::uuid AND virtual_room_id = ${virtualRoomId}::uuid
      AND account_id = ${account.id}::uuid AND on_date = (${toIso(now)}::timestamptz AT TIME ZONE 'UTC')::date`;
}

/** What all nodes know of the providers, in PostgreSQL. One for each virtual room that is worked on; keeps nothing itself. */
export function providerStore(options: ProviderStoreOptions): ProviderStore {
  const { db, workspaceId } = options;
  const secret = options.keys.deriveKey("provider-line");
  const known = new Set<string>();

  const ensure = async (line: string): Promise<void> => {
    if (known.has(line)) return;
    await db.$executeRaw`
      INSERT INTO provider_state (workspace_id, key) VALUES (${workspaceId}::uuid, ${line})
      ON CONFLICT (workspace_id, key) DO NOTHING`;
    known.add(line);
  };

  return {
    nameOf: (secrets) =>
      createHmac("sha256", secret).update(JSON.stringify(secrets)).digest("hex").slice(0, 16),
    findToken: (line) => findToken(options, line),
    keepToken: async (line, kept, now) => {
      await ensure(line);
      await keepToken(options, line, kept, now);
    },
    lease: async (line, asked) => {
      await ensure(line);
      return lease(options, line, asked);
    },
    giveBack: (line, kind, id) => giveBack(options, line, `${kind}/${id}`),
    takeTurn: async (line, rules) => {
      await ensure(line);
      return takeTurn(options, line, rules);
    },
    noteAnswer: (line, breaker) => noteAnswer(options, line, breaker),
    noteSilence: (line, silence) => noteSilence(options, line, silence),
    pause: (line, until) => pause(options, line, until),
    countCall: (account, call, now) => countCall(options, account, call, now),
    spendDay: (account, quota, now) => spendDay(options, account, quota, now),
    countTrouble: (account, what, now) => countTrouble(options, account, what, now),
  };
}
