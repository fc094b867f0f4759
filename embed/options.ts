/** Everything an element's `data-meridian-…` attributes may say. All optional; what cannot be used is left out. */
export type Options = {
  /** `light`, `dark`, or `auto`: as the reader's system has it. */
  readonly theme: string;
  /** `#rrggbb`, or undefined for the link's own. */
  readonly colour: string | undefined;
  /** Of the calendar; undefined: the reader's own. */
  readonly language: string | undefined;
  /** What the form begins with, and where the guest came from. */
  readonly fields: readonly (readonly [name: string, value: string])[];
};

const PREFIX = "data-meridian-";
const PREFILLED = ["name", "email", "guests", "duration"];
/** Longer than anything a person types; an address has an end somewhere. */
const LONGEST = 200;

type Attributes = Iterable<{ readonly name: string; readonly value: string }>;

const said = (attributes: Attributes): Map<string, string> =>
  new Map(
    [...attributes]
      .filter(({ name, value }) => name.startsWith(PREFIX) && value.trim() !== "")
      .map(({ name, value }) => [name.slice(PREFIX.length), value.trim()]),
  );

/** A link's token, or undefined when the text cannot be one. */
export const tokenOf = (text: string | null): string | undefined =>
  text !== null && /^[\w-]{3,64}$/.test(text) ? text : undefined;

const isCampaign = (name: string): boolean => /^utm_[a-z]{1,20}$/.test(name);

/** The field of the form an attribute fills: one of ours, a campaign's, or `answer-<question>`. */
function fieldOf(name: string): string | undefined {
  if (PREFILLED.includes(name) || isCampaign(name)) return name;
  return /^answer-([a-z][a-z0-9_]{0,39})$/.exec(name)?.[1];
}

function fieldsOf(all: ReadonlyMap<string, string>, hostQuery: string): Options["fields"] {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(hostQuery)) {
    if (isCampaign(name)) fields.set(name, value.slice(0, LONGEST));
  }
  for (const [name, value] of all) {
    const field = fieldOf(name);
    if (field !== undefined) fields.set(field, value.slice(0, LONGEST));
  }
  return [...fields].slice(0, 30);
}

const matching = (value: string | undefined, pattern: RegExp): string | undefined =>
  value !== undefined && pattern.test(value) ? value.toLowerCase() : undefined;

/**
 * Reads an element's attributes: `theme`, `colour` (or `color`), `language`, `duration`, `name`, `email`, `guests`,
 * `answer-<question>` and `utm_<part>`. The host page's own `utm_…` parameters are passed on where no attribute
 * says otherwise.
 */
export function optionsOf(attributes: Attributes, hostQuery: string): Options {
  const all = said(attributes);
  return {
    theme: matching(all.get("theme"), /^(?:light|dark)$/) ?? "auto",
    colour: matching(all.get("colour") ?? all.get("color"), /^#[\da-f]{6}$/i),
    language: matching(all.get("language"), /^[a-z]{2}$/),
    fields: fieldsOf(all, hostQuery),
  };
}

/** Address of the frame. */
export function frameAddress(origin: string, token: string, options: Options): string {
  const address = new URL(`/embed/${token}`, origin);
  const query = address.searchParams;
  for (const [name, value] of options.fields) query.set(name, value);
  if (options.language) query.set("locale", options.language);
  if (options.theme !== "auto") query.set("theme", options.theme);
  if (options.colour) query.set("colour", options.colour);
  return address.href;
}

/** Black or white, whichever is read better on `#rrggbb`: the darker half of colours, as eyes weigh them, gets white. */
export function inkOn(colour: string): "black" | "white" {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179 ? "white" : "black";
}

/** What the script itself says, by language: the frame's title and the way out of the dialog. */
export const WORDS: Readonly<Record<string, readonly [frame: string, close: string]>> = {
  en: ["Choose a time", "Close"],
  de: ["Termin wählen", "Schließen"],
  id: ["Pilih waktu", "Tutup"],
  ja: ["日時を選ぶ", "閉じる"],
  ar: ["اختر وقتًا", "إغلاق"],
};
