/** Folders of lib that are nobody's domain. Which were added to the first list, and why: docs/decisions/0001 and 0008. */
export const INFRASTRUCTURE = [
  "db",
  "jobs",
  "mail",
  "http",
  "crypto",
  "cache",
  "auth",
  "actions",
  "audit",
  "live",
  "images",
  "files",
] as const;

export const DOMAINS = [
  "availability",
  "rooms",
  "occupancy",
  "conferencing",
  "meetings",
  "calendars",
  "webhooks",
  "booking",
  "links",
  "notifications",
  "mailroom",
  "crm",
  "metrics",
  "dashboards",
  "forecasting",
  "workos",
  "people",
  "workspace",
  "privacy",
  "reports",
  "operations",
] as const;

/** Which domains each may know, besides itself. */
export const MAY_KNOW: Readonly<Record<(typeof DOMAINS)[number], readonly string[]>> = {
  availability: [],
  crm: ["notifications"],
  people: [],
  rooms: ["availability"],
  occupancy: ["availability", "rooms", "meetings", "notifications"],
  conferencing: [],
  notifications: [],
  meetings: ["availability", "rooms", "conferencing", "crm", "notifications", "people"],
  calendars: ["availability", "meetings"],
  webhooks: ["meetings", "notifications", "crm"],
  booking: ["availability", "rooms", "conferencing", "meetings", "notifications"],
  links: ["availability", "booking"],
  mailroom: ["meetings", "notifications", "calendars"],
  metrics: ["crm", "meetings"],
  dashboards: ["metrics", "crm", "forecasting", "notifications"],
  forecasting: ["metrics", "crm"],
  workos: [],
  workspace: [],
  privacy: ["meetings"],
  reports: ["meetings", "rooms"],
  operations: [],
};

const infrastructure = INFRASTRUCTURE.join("|");
const domains = DOMAINS.filter((name) => name !== "operations").join("|");
const inDomain = (rest: string): RegExp => new RegExp(`^lib/(?:${domains})/${rest}$`);

/**
 * Where every file may live, and what each kind may import. The first room whose pattern matches is the file's;
 * a file that no pattern matches has no place in the house.
 */
export const ROOMS = {
  testing: {
    holds: /\.test\.tsx?$|^lib\/testing\/|^(?:bench|e2e)\//,
    mayImport: "anything",
  },
  settings: {
    holds: /^(?:next|vitest|prisma|playwright)\.config\.ts$/,
    mayImport: ["infrastructure", "words", "address"],
  },
  style: { holds: /^(?:components|app)\/.+\.css$/, mayImport: [] },
  kernel: {
    holds: /^lib\/(?:result|ids)\.ts$|^lib\/(?:time|access)\/[\w-]+\.ts$/,
    mayImport: ["kernel"],
  },
  words: { holds: /^lib\/i18n\/[\w-]+\.ts$|^i18n\/[\w-]+\.ts$/, mayImport: ["kernel", "words"] },
  // What signing in says to pages and components: pure, as a domain's core is.
  account: { holds: /^lib\/auth\/core\/[\w-]+\.ts$/, mayImport: ["kernel", "words", "account"] },
  // A folder deeper where one noun is many files: a registry, the blocks of a dashboard (decision 0029).
  core: {
    holds: inDomain("(?:core/(?:registry/)?[\\w-]+|schema|policy)\\.ts"),
    mayImport: ["kernel", "words", "core"],
  },
  action: {
    holds: new RegExp(`^lib/(?:${domains}|auth)/(?:actions|actions/[\\w-]+)\\.ts$`),
    mayImport: [
      "kernel",
      "words",
      "account",
      "core",
      "infrastructure",
      "data",
      "command",
      "loader",
      "action",
    ],
  },
  wiring: {
    holds: /^lib\/jobs\/(?:worker|queues)\.ts$/,
    mayImport: ["kernel", "core", "infrastructure", "data", "mails", "command", "wiring"],
  },
  // How a cached page is addressed and how it marks itself: pure, and also the browser's and the settings' business.
  address: { holds: /^lib\/cache\/(?:marker|page-address)\.ts$/, mayImport: ["kernel", "words"] },
  // The rendering of a cached page asks for its number before it reads, so a page names it itself.
  rendering: {
    holds: /^lib\/cache\/page-cache-state\.ts$/,
    mayImport: ["infrastructure"],
  },
  // Before the infrastructure, in whose folders a letter to an account and what all letters share stand.
  mails: {
    holds: new RegExp(
      `^lib/(?:${domains})/mails/[\\w-]+\\.tsx?$|^lib/mail/(?:palette|letter-frame|plain-letter(?:-[\\w-]+)?)\\.tsx?$|^lib/auth/[\\w-]+-letter\\.tsx?$`,
    ),
    mayImport: ["kernel", "words", "core", "infrastructure", "mails", "tokens"],
  },
  loader: {
    // A folder where one file would pass 300 lines, as with reads and writes.
    holds: new RegExp(`^lib/(?:${domains}|auth)/(?:loaders|loaders/[\\w-]+)\\.ts$`),
    mayImport: ["kernel", "words", "account", "core", "infrastructure", "data", "loader"],
  },
  infrastructure: {
    holds: new RegExp(
      `^lib/(?:env|log|log-redaction|runtime)\\.ts$|^lib/(?:${infrastructure})/[\\w-]+\\.tsx?$`,
    ),
    mayImport: ["kernel", "words", "account", "infrastructure", "address", "rendering"],
  },
  data: {
    holds: inDomain(
      "(?:(?:reads|writes|jobs)|(?:reads|writes)/(?:executive/|strategic/)?[\\w-]+)\\.ts",
    ),
    mayImport: ["kernel", "words", "core", "infrastructure", "data"],
  },
  // Clients of other people's servers: they speak the wire, and are given what they may remember (decision 0015).
  provider: {
    holds: inDomain("providers/[\\w-]+\\.ts"),
    mayImport: ["kernel", "words", "core", "infrastructure", "provider"],
  },
  command: {
    holds: inDomain("(?:commands|handlers)/[\\w-]+\\.ts"),
    mayImport: [
      "kernel",
      "words",
      "core",
      "infrastructure",
      "mails",
      "data",
      "provider",
      "command",
    ],
  },
  operations: {
    holds: /^lib\/operations\/[\w-]+\.ts$/,
    mayImport: ["kernel", "infrastructure", "wiring", "operations"],
  },
  tokens: { holds: /^components\/ui\/tokens\.ts$/, mayImport: [] },
  component: {
    holds: /^components\/(?:[\w-]+\/)+[\w-]+\.tsx?$/,
    mayImport: [
      "kernel",
      "words",
      "account",
      "core",
      "action",
      "component",
      "tokens",
      "style",
      "address",
    ],
  },
  route: {
    // What the interface of machines is described by stands beside the route that tells it.
    holds: /^app\/(?:.+\/)?route\.tsx?$|^app\/api\/v1\/openapi\.json\/[\w-]+\.ts$/,
    mayImport: [
      "route",
      "kernel",
      "words",
      "account",
      "core",
      "infrastructure",
      "address",
      "data",
      "command",
      "loader",
      "operations",
    ],
  },
  page: {
    holds: /^app\/(?:.+\/)?[\w-]+\.tsx?$/,
    mayImport: [
      "address",
      "rendering",
      "kernel",
      "words",
      "account",
      "core",
      "loader",
      "action",
      "component",
      "tokens",
      "page",
      "style",
    ],
  },
  door: {
    holds: /^(?:proxy|instrumentation)\.ts$/,
    mayImport: ["kernel", "words", "core", "infrastructure", "address"],
  },
  // What other websites load: built apart, and knowing nothing of this house.
  script: { holds: /^embed\/[\w-]+\.ts$/, mayImport: ["script"] },
  bin: {
    holds: /^bin\/(?:[\w-]+\/)?[\w-]+\.ts$|^prisma\/seed\.ts$/,
    mayImport: "anything",
  },
} as const satisfies Record<string, { holds: RegExp; mayImport: "anything" | readonly string[] }>;

export type Room = keyof typeof ROOMS;

export const roomOf = (path: string): Room | undefined =>
  (Object.keys(ROOMS) as Room[]).find((room) => ROOMS[room].holds.test(path));

export const domainOf = (path: string): (typeof DOMAINS)[number] | undefined =>
  DOMAINS.find((domain) => path.startsWith(`lib/${domain}/`));

/** The folder of lib a file belongs to, for cycles: a domain, or one of the infrastructure's. */
export const folderOf = (path: string): string | undefined => /^lib\/([\w-]+)\//.exec(path)?.[1];
