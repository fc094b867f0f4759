import type { Translate } from "@/lib/i18n/catalogue";
import { citiesOf, translatorFor } from "@/lib/i18n/catalogue";
import { cityIn } from "@/lib/i18n/cities";
import { isolated } from "@/lib/i18n/isolate";
import type { Locale } from "@/lib/i18n/locale";
import { DEFAULT_LOCALE, parseLocale } from "@/lib/i18n/locale";
import { singleLine, withoutLinks } from "@/lib/meetings/core/inert-text";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import type { ClockReader } from "@/lib/time/format";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone, UTC } from "@/lib/time/zone";

/** In whose language and by whose clock a mail speaks. */
export type Voice = {
  readonly locale: Locale;
  readonly clock: ClockReader;
  readonly say: Translate;
  /** The place a zone is named after, in the reader's language. */
  readonly city: (zone: TimeZone) => string;
  /** A text whose direction is its own, made safe to stand in a line of the reader's language. */
  readonly apart: (text: string) => string;
};

export function voiceOf({ reader }: MailFacts): Voice {
  const locale = parseLocale(reader.locale) ?? DEFAULT_LOCALE;
  const zone = parseTimeZone(reader.zone) ?? UTC;
  return {
    locale,
    clock: { zone, locale, hourCycle: reader.hourCycle ?? 24 },
    say: translatorFor(locale, "mail"),
    city: (place) => cityIn(citiesOf(locale), place),
    apart: (text) => isolated(text, locale),
  };
}

/** Names and topic as every mail may show them: one line each, and no link in them. */
export type Names = {
  readonly topic: string;
  readonly host: string;
  /** Empty for a meeting made in the office. */
  readonly guest: string;
  /** Whoever the event is about: who changed it, who answers, whom one is about to meet. Empty for nobody else. */
  readonly who: string;
  /** The room an event is about; empty when it is about none. */
  readonly room: string;
  readonly workspace: string;
};

const shown = (text: string): string => withoutLinks(singleLine(text));

function whoOf({ event, meeting, reader }: MailFacts, host: string, guest: string): string {
  if (event === "proposed") return shown(meeting.proposal?.by ?? "") || host;
  if (event === "answered") return shown(meeting.answer?.by ?? "") || host;
  if (event === "reminder") return reader.role === "host" ? guest : host;
  return (meeting.changedBy === "guest" && guest) || host;
}

export function namesOf(facts: MailFacts): Names {
  const { meeting, workspace } = facts;
  const host = shown(meeting.hostName) || meeting.hostEmail;
  const guest = shown(meeting.guest?.name ?? "") || shown(meeting.guest?.email ?? "");
  return {
    topic: shown(meeting.subject) || shown(meeting.linkName ?? "") || shown(meeting.hostName),
    host,
    guest,
    who: whoOf(facts, host, guest),
    room: shown(meeting.room ?? ""),
    workspace: shown(workspace.name),
  };
}
