/**
 * What a mail says, in its reader's words, before it is HTML, plain text or a calendar file. All three
 * are drawn from one letter, so that they cannot contradict each other. Every string is final: already
 * in the reader's language, zone and clock, and harmless (see `inert-text`).
 */
export type Letter = {
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly subject: string;
  readonly workspaceName: string;
  readonly title: string;
  readonly lead: string;
  readonly when: When;
  readonly actions: readonly Action[];
  /** "Will you come?", with an address for each answer; undefined for whoever is not asked. */
  readonly answers: { readonly question: string; readonly options: readonly Action[] } | undefined;
  /** "Add it to Google Calendar or Outlook.": words and links in reading order. */
  readonly addTo: readonly Phrase[];
  readonly places: Places;
  readonly sections: readonly Section[];
  readonly closing: readonly (readonly Phrase[])[];
  readonly legal: readonly Phrase[];
};

export type When = {
  readonly label: string;
  /** "Wednesday 18 November 2026" */
  readonly date: string;
  /** "14:00–15:00" */
  readonly range: string;
  /** "JST" */
  readonly zone: string;
  /** "Your time in Tokyo (GMT+9)" */
  readonly yourTime: string;
  /** "05:00–06:00 UTC", with the day when it is another one there. */
  readonly utc: string;
  readonly duration: string;
  /** "Waiting for Ana Lim to confirm", "Held until …", "Moved from … to …", "Not taking place". */
  readonly notes: readonly string[];
  /** The time no longer stands: declined, cancelled, lapsed. */
  readonly off: boolean;
};

export type Action = { readonly label: string; readonly url: string; readonly primary: boolean };

/** A run of words; with an address it is a link. */
export type Phrase = { readonly words: string; readonly url?: string };

export type Places = {
  readonly title: string;
  readonly placeHead: string;
  /** The reader's own day; rows on another day say so themselves. */
  readonly dateHead: string;
  readonly rows: readonly PlaceRow[];
};

export type PlaceRow = {
  readonly name: string;
  readonly detail?: string;
  readonly range: string;
  readonly zone: string;
  /** Only where it is not the reader's day. */
  readonly date?: string;
  /** In the reader's own zone. */
  readonly own: boolean;
};

export type Section =
  | { readonly kind: "steps"; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: "words"; readonly title: string; readonly words: string }
  | {
      readonly kind: "pairs";
      readonly title: string;
      readonly rows: readonly { readonly label: string; readonly value: Phrase }[];
    };
