import type { BookingPage, BookingQuestion } from "@/lib/booking/core/booking-page";
import type { TypedBooking } from "@/lib/booking/core/form-state";

/** The query of an address, as a page is given it. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Names that choose what a page shows: never a prefilled field, even where a question has such a key. */
const OF_THE_PAGE = new Set(["zone", "day", "locale", "clock", "start", "duration", "place"]);
const OF_THE_FORM = new Set(["name", "email", "guests", "subject", "note"]);

const SOURCES = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const;

/** Longest values that are taken over, in characters: the same as the form's own fields. */
const LONGEST = { name: 120, email: 254, subject: 200, note: 2_000, placeAnswer: 500, source: 200 };
const LONGEST_ANSWER: Readonly<Record<BookingQuestion["kind"], number>> = {
  text: 300,
  long_text: 2_000,
  select: 300,
  phone: 40,
  checkbox: 10,
};

const MAX_CARRIED = 60;
const MAX_CARRIED_CHARACTERS = 6_000;

const single = (value: string | readonly string[] | undefined): string =>
  typeof value === "string" ? value : (value?.[0] ?? "");

// What cannot be shown, and what turns text around: an address is written by strangers.
const UNSHOWN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const UNSHOWN_BUT_LINES = /[\p{Cc}--[\n\t]]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gv;

const line = (text: string, longest: number): string =>
  text.toWellFormed().replace(UNSHOWN, "").trim().slice(0, longest);

const lines = (text: string, longest: number): string =>
  text.toWellFormed().replace(/\r\n?/g, "\n").replace(UNSHOWN_BUT_LINES, "").slice(0, longest);

/** An answer the address gives, as far as the question could have been answered so; "" otherwise. */
function answerFrom({ kind, options }: BookingQuestion, text: string): string {
  const answer = (kind === "long_text" ? lines : line)(text, LONGEST_ANSWER[kind]);
  if (kind === "select") return options.includes(answer) ? answer : "";
  if (kind === "checkbox") return /^(?:1|true|yes|on)$/i.test(answer) ? "yes" : "";
  return answer;
}

export type Prefill = {
  readonly values: TypedBooking;
  /** Campaign and page the guest came from, by name. */
  readonly source: Readonly<Record<string, string>>;
};

/**
 * What an address fills in beforehand: `?name=&email=&guests=a@x,b@y&subject=&note=&company=…`, each question by its
 * key, `phone` or `address` where the place asks for one. Only text comes of it, never more than a field would take,
 * and nothing a guest could not have typed; wrong values are answered by the form when it is sent, as typed ones are.
 */
export function prefillFrom(
  query: Query,
  page: Pick<BookingPage, "questions" | "extraGuests" | "places">,
): Prefill {
  const said = (name: string): string => (Object.hasOwn(query, name) ? single(query[name]) : "");
  const placeId = said("place");
  const place = page.places.find(({ id }) => id === placeId) ?? page.places[0];
  const asks = place?.asks ?? null;
  const answers = page.questions
    .filter(({ key }) => !OF_THE_PAGE.has(key) && !OF_THE_FORM.has(key))
    .map((question) => [question.key, answerFrom(question, said(question.key))] as const)
    .filter(([, answer]) => answer !== "");
  const guests = line(said("guests"), 10_000)
    .split(/[\s,;]+/)
    .filter((address) => address !== "");
  return {
    values: {
      name: line(said("name"), LONGEST.name),
      email: line(said("email"), LONGEST.email),
      guests: [...new Set(guests)]
        .slice(0, page.extraGuests)
        .map((address) => address.slice(0, LONGEST.email)),
      subject: line(said("subject"), LONGEST.subject),
      note: lines(said("note"), LONGEST.note),
      start: "",
      zone: "",
      duration: "",
      place: place?.id ?? "",
      placeAnswer: asks === null ? "" : line(said(asks), LONGEST.placeAnswer),
      answers: Object.fromEntries(answers),
    },
    source: Object.fromEntries(
      [...SOURCES, "referrer"]
        .map((name) => [name, line(said(name), LONGEST.source)] as const)
        .filter(([, value]) => value !== ""),
    ),
  };
}

const isCarried = (name: string): boolean =>
  /^[a-z][a-z0-9_]{0,39}$/.test(name) && !OF_THE_PAGE.has(name);

/** The part of an address that goes along to the next page, each name once. */
function carriedOf(search: URLSearchParams): Map<string, string> {
  const pairs = new Map<string, string>();
  let left = MAX_CARRIED_CHARACTERS;
  for (const [name, value] of search) {
    if (!isCarried(name) || pairs.has(name) || value === "" || value.length > left) continue;
    if (pairs.size >= MAX_CARRIED) break;
    left -= value.length;
    pairs.set(name, value);
  }
  return pairs;
}

/** The part of a page's query that its links carry on. */
export const carriedQuery = (query: Query): Readonly<Record<string, string>> =>
  Object.fromEntries(
    carriedOf(
      new URLSearchParams(Object.entries(query).map(([name, value]) => [name, single(value)])),
    ),
  );

/** What the page at `location` hands on: what its address fills in, and the other site that led here. */
export function carriedPairs(
  location: Pick<Location, "search" | "origin">,
  referrer: string,
): readonly (readonly [string, string])[] {
  const pairs = carriedOf(new URLSearchParams(location.search));
  if (!pairs.has("referrer") && URL.canParse(referrer)) {
    const from = new URL(referrer);
    if (from.origin !== location.origin) {
      pairs.set("referrer", `${from.origin}${from.pathname}`.slice(0, LONGEST.source));
    }
  }
  return [...pairs];
}

/**
 * The query with what the page before it was asked for, where a browser without scripts could not hand it on itself:
 * its referrer still says it. `base` is the path of that page; any other page says nothing.
 */
export function withReferrer(query: Query, referrer: string | null, base: string): Query {
  if (referrer === null || !URL.canParse(referrer)) return query;
  const from = new URL(referrer);
  if (from.pathname !== base) return query;
  return { ...Object.fromEntries(carriedOf(from.searchParams)), ...query };
}
