import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import type { PeopleHouse } from "@/bin/people";
import { withWorkspace } from "@/bin/people";
import { print, table } from "@/bin/terminal";
import type { Accuracy } from "@/lib/forecasting/core/panel";
import type { MadeForecast } from "@/lib/forecasting/handlers/make-forecasts";
import { FORECAST_SEED, forecastWorkspace } from "@/lib/forecasting/handlers/make-forecasts";
import type { KeptBacktest } from "@/lib/forecasting/reads/kept-forecast";
import { findBacktest } from "@/lib/forecasting/reads/kept-forecast";
import { listPlaces } from "@/lib/forecasting/reads/places";
import { OperatorError } from "@/lib/operations/operator-error";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { addDays, calendarDateAt } from "@/lib/time/offset";

interface Values {
  readonly "as-of"?: string | undefined;
  readonly seed?: string | undefined;
  readonly json?: boolean | undefined;
}

type Told = MadeForecast & {
  /** The figures that were kept before: "none", "same", or why they differ. */
  readonly kept: "none" | "same" | "other-deals" | "other-seed" | "different";
};

async function asOfIn(house: PeopleHouse, { "as-of": said }: Values): Promise<CalendarDate> {
  const [place] = await listPlaces(house.deps.db, house.workspaceId);
  if (place === undefined) throw new OperatorError("Nothing is set up here yet.");
  const yesterday = addDays(calendarDateAt(place.zone, house.deps.now()), -1);
  if (said === undefined) return yesterday;
  const day = parseCalendarDate(said);
  if (day === undefined) throw new OperatorError("--as-of is a day: 2026-11-20.");
  if (day > yesterday) throw new OperatorError("--as-of is a day that has ended.");
  return day;
}

function seedIn({ seed }: Values): number {
  if (seed === undefined) return FORECAST_SEED;
  const read = Number(seed);
  if (!Number.isInteger(read) || read < 0 || read > 0x7fffffff)
    throw new OperatorError("--seed is a whole number.");
  return read;
}

function comparedWith(
  made: MadeForecast,
  before: KeptBacktest | undefined,
  seed: number,
): Told["kept"] {
  if (before === undefined) return "none";
  if (before.seed !== seed) return "other-seed";
  if (before.fingerprint !== made.fingerprint) return "other-deals";
  const same =
    JSON.stringify(before.windows.map(sortedEntries)) ===
    JSON.stringify(made.backtest.windows.map(sortedEntries));
  return same ? "same" : "different";
}

// The database keeps an object's fields in an order of its own.
const sortedEntries = (window: object) =>
  Object.entries(window).sort(([a], [b]) => (a < b ? -1 : 1));

async function make(house: PeopleHouse, values: Values): Promise<Told[]> {
  const { db } = house.deps;
  const [place] = await listPlaces(db, house.workspaceId);
  if (place === undefined) throw new OperatorError("Nothing is set up here yet.");
  const seed = seedIn(values);
  const asOf = await asOfIn(house, values);
  const before = new Map<string, KeptBacktest>();
  const of = (team: string | null) => ({ workspaceId: house.workspaceId, team });
  for (const { team, until } of await listKept(house)) {
    const kept = await findBacktest(db, of(team), until);
    if (kept !== undefined) before.set(`${team} ${until}`, kept);
  }
  const made = await forecastWorkspace(house.deps, { place, asOf, seed });
  return made.map((one) => ({
    ...one,
    kept: comparedWith(one, before.get(`${one.team} ${one.until}`), seed),
  }));
}

const listKept = (house: PeopleHouse) =>
  house.deps.db.$queryRaw<{ team: string | null; until: CalendarDate }[]>`
    SELECT team_id::text AS team, until_day::text AS until FROM forecast_backtest
     WHERE workspace_id = ${house.workspaceId}::uuid`;

const percent = (share: number | null): string =>
  share === null ? "–" : `${(share * 100).toFixed(1)} %`;

const KEPT_WORDS: Readonly<Record<Told["kept"], string>> = {
  none: "kept for the first time",
  same: "equal to what was kept",
  "other-deals": "other deals than what was kept before",
  "other-seed": "another seed than what was kept before",
  different: "DIFFERENT from what was kept, from the same deals and seed",
};

const lineOf = (one: Accuracy): string[] => [
  `${one.horizonDays} days`,
  String(one.n),
  percent(one.wape),
  percent(one.bias),
  percent(one.coverage),
  String(one.coverageN),
  one.mase === null ? "–" : one.mase.toFixed(2),
];

function backtestWords(made: readonly Told[]): string {
  if (made.length === 0) return "Too little was won to forecast anything.";
  return made
    .map((one) =>
      [
        `${one.name ?? "All teams"}, until ${one.until}, ${one.deals} deals: ${KEPT_WORDS[one.kept]}`,
        table([
          ["AHEAD", "WINDOWS", "WAPE", "BIAS", "IN 80 %", "OF", "MASE"],
          ...one.backtest.accuracy.map(lineOf),
        ]),
      ].join("\n"),
    )
    .join("\n\n");
}

async function backtest(house: PeopleHouse, values: Values): Promise<number> {
  const made = await make(house, values);
  print(
    values.json ?? false,
    made.map(({ backtest: { accuracy, windows }, ...rest }) => ({ ...rest, accuracy, windows })),
    () => backtestWords(made),
  );
  return made.some(({ kept }) => kept === "different") ? 1 : 0;
}

async function run(house: PeopleHouse, values: Values): Promise<number> {
  const made = await make(house, values);
  print(
    values.json ?? false,
    made.map(({ team, name, until }) => ({ team, name, asOf: until })),
    () =>
      made.length === 0
        ? "Too little was won to forecast anything."
        : made.map(({ name, until }) => `${name ?? "All teams"}: as of ${until}`).join("\n"),
  );
  return 0;
}

const VERBS: Readonly<Record<string, typeof run>> = { backtest, run };

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "as-of": { type: "string" },
        seed: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [name = "", ...more] = positionals;
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (verb === undefined || more.length > 0)
      throw new OperatorError("Say what: forecast run or forecast backtest.");
    return withWorkspace((house) => verb(house, values));
  },
};
