/** What the server says to a form of the calendars. */
export type CalendarAnswer =
  | { readonly status: "idle" }
  | {
      readonly status: "done";
      readonly message: string;
      /** The secret address, this once. */
      readonly url?: string;
    }
  /** The account was found; these are its calendars, of which none is chosen yet. */
  | {
      readonly status: "choose";
      readonly calendars: readonly { readonly name: string; readonly url: string }[];
    }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields?: Readonly<Record<string, string>>;
    };

/** What is told of trouble with a calendar, by its key. */
const CAUSES: Readonly<Record<string, string>> = {
  unauthorized:
    "The server refuses the user name or password. Many services want an app password of their own.",
  forbidden: "The server does not allow this.",
  "not-found": "There is no calendar at this address any more.",
  "not-a-calendar": "No calendar was found at this address.",
  refused: "This address is not allowed: it is not https, or leads into our own network.",
  "no-answer": "The server did not answer.",
  "too-large": "The calendar is larger than 20 MB.",
  "too-often": "The server asks to be left alone for a while.",
  "server-error": "The server had an error of its own.",
  malformed: "What the server sent is not a calendar file.",
  "too-many-events": "The calendar has more than 20,000 events.",
  "too-many-repetitions": "An event of this calendar repeats too often to be counted through.",
  "too-slow": "Reading this calendar took too long.",
  "some-unread": "Some events could not be understood and are left out.",
};

export const causeWords = (cause: string): string =>
  CAUSES[cause] ?? "Something went wrong with this calendar.";
