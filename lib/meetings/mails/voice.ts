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
  readonly workspace: string;
};

const shown = (text: string): string => withoutLinks(singleLine(text));

export const namesOf = ({ meeting, workspace }: MailFacts): Names => ({
  topic: shown(meeting.subject) || shown(meeting.linkName ?? "") || shown(meeting.hostName),
  host: shown(meeting.hostName) || meeting.hostEmail,
  guest: shown(meeting.guest?.name ?? "") || shown(meeting.guest?.email ?? ""),
  workspace: shown(workspace.name),
});
