import type { House, HouseRule } from "./house";
import { importsOf, isSource, specifiersOf, withoutComments } from "./house";
import { DOMAINS, domainOf, folderOf, MAY_KNOW, ROOMS, roomOf } from "./rooms";

const sources = (house: House): readonly string[] => [...house.keys()].filter(isSource);
const isProduct = (path: string): boolean => roomOf(path) !== "testing";
const code = (house: House, path: string): string => withoutComments(house.get(path) ?? "");

/** One sentence for each product source in which `pattern` stands, unless the path is among the exceptions. */
const nowhereBut =
  (pattern: RegExp, allowed: RegExp, why: string): HouseRule =>
  (house) =>
    sources(house)
      .filter((path) => isProduct(path) && !allowed.test(path) && pattern.test(code(house, path)))
      .map((path) => `${path}: ${why}`);

const onlyImportedBy =
  (module: RegExp, allowed: RegExp, why: string): HouseRule =>
  (house) =>
    sources(house)
      .filter((path) => isProduct(path) && !allowed.test(path))
      .filter((path) => specifiersOf(house.get(path) ?? "").some((name) => module.test(name)))
      .map((path) => `${path}: ${why}`);

const everyFileHasAPlace: HouseRule = (house) =>
  [...house.keys()]
    .filter((path) => roomOf(path) === undefined)
    .map((path) => `${path} has no place; a new kind of file is a decision (docs/decisions/0001)`);

const importsPointInwards: HouseRule = (house) =>
  sources(house).flatMap((path) => {
    const room = roomOf(path);
    if (room === undefined || ROOMS[room].mayImport === "anything") return [];
    const allowed: readonly string[] = ROOMS[room].mayImport;
    return importsOf(house, path)
      .filter((target) => !allowed.includes(roomOf(target) ?? ""))
      .map((target) => `${path} (${room}) must not import ${target} (${roomOf(target)})`);
  });

const nothingImportsTests: HouseRule = (house) =>
  sources(house)
    .filter((path) => isProduct(path) && !/^(?:bin\/|prisma\/seed)/.test(path))
    .flatMap((path) =>
      importsOf(house, path)
        .filter((target) => roomOf(target) === "testing")
        .map((target) => `${path} must not import ${target}, which is for tests`),
    );

const domainsKnowTheirNeighbours: HouseRule = (house) =>
  sources(house)
    .filter(isProduct)
    .flatMap((path) => {
      const domain = domainOf(path);
      if (domain === undefined) return [];
      return importsOf(house, path).flatMap((target) => {
        const other = domainOf(target);
        if (other === undefined || other === domain || MAY_KNOW[domain].includes(other)) return [];
        return [`${path}: ${domain} must not know ${other} (${target})`];
      });
    });

const metricsOnlyRead: HouseRule = (house) =>
  sources(house)
    .filter((path) => isProduct(path) && domainOf(path) === "metrics")
    .flatMap((path) =>
      importsOf(house, path)
        // Sums that are kept of the records are theirs: made from them, and never the records themselves.
        .filter((target) => !target.startsWith("lib/metrics/"))
        .filter((target) => /\/(?:writes|commands|handlers)(?:\/|\.ts)/.test(target))
        .map((target) => `${path}: metrics read and never change (${target})`),
    );

/** The folders of lib each folder of lib needs. The wiring of the worker is a root, like `bin`, and left out. */
function needs(house: House): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of sources(house)) {
    const from = folderOf(path);
    if (from === undefined || !isProduct(path) || roomOf(path) === "wiring") continue;
    for (const target of importsOf(house, path)) {
      const to = folderOf(target);
      if (to === undefined || to === from) continue;
      found.set(from, (found.get(from) ?? new Set()).add(to));
    }
  }
  return found;
}

const noTwoDomainsNeedEachOther: HouseRule = (house) => {
  const graph = needs(house);
  const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
    [...(graph.get(from) ?? [])].some(
      (next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))),
    );
  return DOMAINS.filter((name) => reaches(name, name)).map((name) => `${name} needs itself`);
};

const BANNED_FOLDERS = /(?:^|\/)(?:utils?|helpers?|common|shared|types|constants|hooks|misc)\//;

const noDrawersForAnything: HouseRule = (house) =>
  [...house.keys()]
    .filter((path) => BANNED_FOLDERS.test(path))
    .map((path) => `${path}: a folder is named after what is in it, not after having no name`);

const noBarrels: HouseRule = (house) =>
  sources(house)
    .filter((path) => {
      if (/(?:^|\/)index\.tsx?$/.test(path)) return true;
      return /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;]*?\bfrom\b/m.test(code(house, path));
    })
    .map((path) => `${path}: import a thing from where it is`);

const HEX_COLOUR = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b/i;

const coloursAreTokens: HouseRule = (house) =>
  [...house.keys()]
    .filter((path) => isProduct(path) && path !== "components/ui/tokens.ts")
    .filter((path) => HEX_COLOUR.test(code(house, path)))
    .map((path) => `${path}: colours stand in components/ui/tokens.ts`);

/** Who may open a socket or listen on one, and where each leads. */
const NETWORK = {
  modules:
    /^(?:(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises)|undici|axios|got|ky|node-fetch|ws|nodemailer|resend)$/,
  allowed: new RegExp(
    `^(?:${[
      "lib/http/outbound\\.ts", // the one client
      "lib/env\\.ts", // isIP: reads an address, opens nothing
      "lib/mail/smtp\\.ts", // the mail server of SMTP_URL
      "lib/cache/invalidate\\.ts", // other nodes of this installation, by their lease in the database, signed
      "lib/operations/[\\w-]+\\.ts", // listens: our own server, free ports, the database's socket
    ].join("|")})$`,
  ),
};

/** A browser's call to a path of ours is no way out; a server's `fetch` is, and so is any address in a browser. */
const noOtherFetch: HouseRule = (house) =>
  sources(house)
    .filter((path) => isProduct(path) && path !== "lib/http/outbound.ts")
    .filter((path) => {
      const text = code(house, path);
      if (/\bnew (?:WebSocket|XMLHttpRequest)\(|\bnavigator\.sendBeacon\(/.test(text)) return true;
      const calls = [
        ...text.matchAll(/(?<![\w.])(?:globalThis\.|window\.)?fetch\(\s*(.{0,2})/gs),
        ...text.matchAll(/\bnew EventSource\(\s*(.{0,2})/gs),
      ];
      const inBrowser = roomOf(path) === "component";
      return calls.some(([, argument = ""]) => !(inBrowser && /^["'`]\//.test(argument)));
    })
    .map((path) => `${path}: only lib/http/outbound.ts calls out`);

const noServerOnlyInBrowser: HouseRule = (house) =>
  sources(house)
    .filter((path) => isProduct(path) && /^\s*["']use client["']/m.test(code(house, path)))
    .filter((path) => !["component", "page"].includes(roomOf(path) ?? ""))
    .map((path) => `${path}: "use client" belongs to components`);

const actionsStandInActions: HouseRule = (house) =>
  sources(house)
    .filter((path) => isProduct(path) && /["']use server["']/.test(code(house, path)))
    .filter((path) => roomOf(path) !== "action")
    .map((path) => `${path}: server actions stand in actions.ts, where the matrix looks for them`);

/** Every rule of the house, by the sentence it keeps true. */
export const RULES: Readonly<Record<string, HouseRule>> = {
  "every file has a place": everyFileHasAPlace,
  "imports point inwards": importsPointInwards,
  "nothing that runs imports a test": nothingImportsTests,
  "a domain knows only the domains it may": domainsKnowTheirNeighbours,
  "metrics read and never change": metricsOnlyRead,
  "no two domains need each other": noTwoDomainsNeedEachOther,
  "no folder is a drawer for anything": noDrawersForAnything,
  "there are no barrels": noBarrels,
  "colours are tokens": coloursAreTokens,
  "server actions stand in actions.ts": actionsStandInActions,
  '"use client" stands in components': noServerOnlyInBrowser,
  "only lib/http calls out": noOtherFetch,
  "only named files open sockets": onlyImportedBy(
    NETWORK.modules,
    NETWORK.allowed,
    "opens connections; lib/http/outbound.ts is the one way out",
  ),
  "only lib/time knows luxon": onlyImportedBy(/^luxon$/, /^lib\/time\//, "luxon is lib/time's"),
  "only lib/auth may know next-auth": onlyImportedBy(
    /^(?:next-auth|@auth\/)/,
    /^lib\/auth\//,
    "the rest of the house knows Actor",
  ),
  "only data and infrastructure speak Prisma": onlyImportedBy(
    /^(?:@prisma\/|.*prisma\/generated)/,
    /^lib\/(?:db\/|[\w-]+\/(?:reads|writes)(?:\.ts$|\/))|^lib\/(?:mail|cache|jobs|auth|audit|people)\//,
    "the database is spoken to by reads and writes",
  ),
  "settings are read in one place": nowhereBut(
    /\bprocess\.env\b/,
    /^lib\/env\.ts$|^(?:next|vitest|prisma|playwright)\.config\.ts$|^bin\/|^lib\/cache\/next-cache-handler\.ts$/,
    "settings are lib/env.ts's",
  ),
  "no query is built from text": (house) =>
    sources(house)
      .filter((path) => !path.startsWith("lib/testing/architecture/"))
      .filter((path) => /\$(?:queryRaw|executeRaw)Unsafe\b/.test(code(house, path)))
      .filter((path) => path !== "lib/architecture.test.ts")
      .map((path) => `${path}: use the tagged forms, which bind their values`),
};
