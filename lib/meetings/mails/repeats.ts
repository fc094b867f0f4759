import type { MailFacts, SeriesFacts } from "@/lib/meetings/core/mail-facts";
import { lastMomentOf } from "@/lib/meetings/core/recurrence";
import { storedRule } from "@/lib/meetings/core/rrule";
import { ruleWords } from "@/lib/meetings/core/rule-words";
import { formatDateLong, formatTime } from "@/lib/time/format";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { offsetSpanAt } from "@/lib/time/offset";
import { momentOf, zoneOf } from "./clock";
import type { Voice } from "./voice";

/** Said only where the reader's own clock will not show the same time all year. */
function clockNote(series: SeriesFacts, voice: Voice, at: number): readonly string[] {
  const zone = zoneOf(series.zone);
  const same = [0, 91, 182, 273].every((days) => {
    const moment = at + days * DAY_MS;
    return offsetSpanAt(zone, moment).offsetMs === offsetSpanAt(voice.clock.zone, moment).offsetMs;
  });
  if (same) return [];
  const time = formatTime(instantOf(at), { ...voice.clock, zone });
  return [voice.say("repeat.clock", { time: voice.apart(time), city: voice.city(zone) })];
}

/** How a meeting repeats, in the reader's words: "Repeats every Tuesday, until Thursday 31 December 2026". */
export function repeatNotes({ meeting, event }: MailFacts, voice: Voice): readonly string[] {
  const { series } = meeting;
  if (series === undefined) return [];
  const zone = zoneOf(series.zone);
  const rule = storedRule(series.rule, zone);
  const what = ruleWords(rule, voice.say, voice.locale);
  if (series.scope === "one") return [voice.say("repeat.oneOf", { what })];
  const { end } = rule;
  const whole =
    end.kind === "count"
      ? voice.say("repeat.times", { what, count: end.count })
      : voice.say("repeat.until", {
          what,
          date: formatDateLong(lastMomentOf(end.date, zone), { zone, locale: voice.locale }),
        });
  if (event === "cancelled")
    return series.shortened === true ? [voice.say("repeat.shortened"), whole] : [];
  return [whole, ...clockNote(series, voice, momentOf(series.recurrenceId))];
}
