/**
 * The inner address of one version of a link's page, `/book/<token>/<locale>/<zone>/<day>`. Readers never see it:
 * rewrites lead `/book/<token>` there, so that a version is found by its path alone and no code runs on a hit.
 */

/** The zone segment of the version that nobody chose a zone for: it tells the times on the host's clock. */
export const HOST_CLOCK = "host";

/** The day segment of the version that nobody chose a day for: it opens on the first day with a free time. */
export const NEXT_DAY = "next";

/** `2026-11-30~45` is a day and a length in minutes, `2026-11-30` a day alone. Neither is checked. */
export function dayAndLength(segment: string): { readonly day: string; readonly length: number } {
  const [day = "", length = ""] = segment.split("~");
  return { day, length: Number(length) };
}

/** What other sites show within theirs; everything else refuses to be shown there. */
export const isFramedPath = (path: string): boolean => path.startsWith("/embed/");

/** `Asia/Tokyo` → `Asia~Tokyo`: a zone as one path segment, and as the value of the cookie. */
export const zoneSegment = (zone: string): string => zone.replaceAll("/", "~");

/** The zone of a segment; not checked to exist. */
export const zoneOfSegment = (segment: string): string => segment.replaceAll("~", "/");

type Condition = {
  readonly type: "query" | "cookie" | "header";
  readonly key: string;
  readonly value: string;
};

type Rewrite = {
  readonly source: string;
  readonly destination: string;
  readonly has?: Condition[];
};

const choice = (values: readonly string[]): string =>
  values.map((value) => value.replace(/[+.]/g, "\\$&")).join("|");

/**
 * The first of our languages in a browser's list. Browsers send the list in order of preference, so weights need not
 * be read; a list written out of order at worst opens the other language, and can be switched.
 */
const preferring = (locale: string, locales: readonly string[]): string =>
  `(?:(?!(?:${choice(locales)})\\b)[^,]*,\\s*)*${locale}\\b.*`;

/** Language first: from the address, else the guest's cookie, else the browser's list, else the default. */
function languageRewrites(path: string, locales: readonly string[]): Rewrite[] {
  const known = `(?<lang>${choice(locales)})`;
  const [standard = "en", ...others] = locales;
  return [
    { type: "query", key: "locale", value: known } as const,
    { type: "cookie", key: "locale", value: known } as const,
  ]
    .map(
      (condition): Rewrite => ({
        source: path,
        has: [condition],
        destination: `${path}/:lang`,
      }),
    )
    .concat(
      others.map((locale) => ({
        source: path,
        has: [{ type: "header", key: "accept-language", value: preferring(locale, locales) }],
        destination: `${path}/${locale}`,
      })),
      [{ source: path, destination: `${path}/${standard}` }],
    );
}

/** Then the zone: only names this runtime knows, so that the number of versions stays bounded. */
function zoneRewrites(path: string, zones: readonly string[]): Rewrite[] {
  const known = `(?=(?:${choice(zones)})$)`;
  const depths = [
    ["(?<area>[^/]+)/(?<city>[^/]+)/(?<town>[^/]+)", ":area~:city~:town"],
    ["(?<area>[^/]+)/(?<city>[^/]+)", ":area~:city"],
    ["(?<area>[^/]+)", ":area"],
  ] as const;
  const asked = depths.map(
    ([shape, segment]): Rewrite => ({
      source: path,
      has: [{ type: "query", key: "zone", value: `${known}${shape}` }],
      destination: `${path}/${segment}`,
    }),
  );
  const kept: Rewrite = {
    source: path,
    has: [{ type: "cookie", key: "zone", value: `(?<zone>${choice(zones.map(zoneSegment))})` }],
    destination: `${path}/:zone`,
  };
  return [...asked, kept, { source: path, destination: `${path}/${HOST_CLOCK}` }];
}

/** Last the day and the length. Each step leads to a longer path, so the rules of one step never apply twice. */
function dayRewrites(path: string): Rewrite[] {
  const day = {
    type: "query",
    key: "day",
    value: "(?<day>20\\d\\d-[01]\\d-[0-3]\\d)",
  } as const;
  const length = { type: "query", key: "duration", value: "(?<length>[1-9]\\d{0,3})" } as const;
  return [
    { source: path, has: [day, length], destination: `${path}/:day~:length` },
    { source: path, has: [day], destination: `${path}/:day` },
    { source: path, has: [length], destination: `${path}/${NEXT_DAY}~:length` },
    { source: path, destination: `${path}/${NEXT_DAY}` },
  ];
}

/** From a link's address, as its guests know it, to its versions. */
function versionRewrites(path: string, locales: readonly string[], zones: readonly string[]) {
  const language = `:lang(${choice(locales)})`;
  return [
    ...languageRewrites(path, locales),
    ...zoneRewrites(`${path}/${language}`, zones),
    ...dayRewrites(`${path}/${language}/:zone([A-Za-z0-9_+~-]+)`),
  ];
}

/**
 * The rewrites from public addresses to cached versions, for `beforeFiles`, where each applies to the outcome of
 * those before it: the pages of links, on their own and within other sites. `locales`: the default first. `pages`:
 * public pages that exist once per language.
 */
export function pageRewrites(
  locales: readonly string[],
  zones: readonly string[],
  pages: readonly string[],
): Rewrite[] {
  // A pattern in a source names a parameter; in a destination only the name stands.
  const named = (rewrite: Rewrite): Rewrite => ({
    ...rewrite,
    destination: rewrite.destination.replace(/\([^)]*\)/g, ""),
  });
  return [
    ...["/book/:token", "/embed/:token"].flatMap((path) =>
      versionRewrites(path, locales, zones).map(named),
    ),
    ...pages.flatMap((page) => languageRewrites(page, locales)),
  ];
}
