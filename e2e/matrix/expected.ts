import { account } from "./expected/account";
import { admin } from "./expected/admin";
import { booking } from "./expected/booking";
import { crm } from "./expected/crm";
import { dashboards } from "./expected/dashboards";
import { meetings } from "./expected/meetings";
import { rooms } from "./expected/rooms";
import { scheduling } from "./expected/scheduling";
import { site } from "./expected/site";
import type { Area, Role, Row } from "./roles";

/**
 * Who may what, whole: every route and every server action of the built application, for everybody who could ask.
 * Reviewed by hand. A route or action that is built and not listed in one of the areas fails, and so does one that is
 * listed and not built.
 */
const AREAS: readonly Area[] = [
  site,
  account,
  booking,
  scheduling,
  meetings,
  rooms,
  crm,
  dashboards,
  admin,
];

/** Every line of the tables. Throws when two of them have the same one. */
function merged<Value>(
  tables: readonly Readonly<Record<string, Value>>[],
): Readonly<Record<string, Value>> {
  const lines = tables.flatMap((table) => Object.entries(table));
  const names = lines.map(([name]) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new Error(`listed twice: ${twice.join(", ")}`);
  return Object.fromEntries(lines);
}

/** `METHOD path`, and the status for each role. Methods of an API path that are not listed answer 405 to everybody. */
export const ROUTES = merged<Row>(AREAS.map(({ routes }) => routes));

/** `file#export`, and the roles for whom the action changes something. */
export const ACTIONS = merged<readonly Role[]>(AREAS.map(({ actions }) => actions));

/** Routes that change nothing for those who may, though their method could. */
export const CHANGE_NOTHING: readonly string[] = AREAS.flatMap(
  ({ changingNothing }) => changingNothing ?? [],
);

/** Routes that change nothing but the audit log, which keeps that they were read. */
export const AUDITED: readonly string[] = AREAS.flatMap(({ audited }) => audited ?? []);

/** Built by the framework from files that hold no code of ours: the icon, and its pages for errors. */
export const WITHOUT_CODE: readonly string[] = ["/icon.svg", "/_not-found", "/_global-error"];
