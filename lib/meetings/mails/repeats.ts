import type { MailFacts, SeriesFacts } from "@/lib/meetings/core/mail-facts";
import type { RecurrenceRule } from "@/lib/meetings/core/recurrence";
import { lastMomentOf } from "@/lib/meetings/core/recurrence";
import { storedRule } from "@/lib/meetings/core/rrule";
import { formatDateLong, formatTag, formatTime, formatWeekday } from "@/lib/time/format";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { offsetSpanAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { momentOf, zoneOf } from "./clock";
import type { Voice } from "./voice";

// 1 November 2026 is a Sunday.
const A_SUNDAY = Date.UTC(2026, 10, 1, 12);

const weekday = ({ locale }: Voice, day: DayOfWeek): string =>
  formatWeekday(instantOf(A_SUNDAY + day * DAY_MS), { zone: UTC, locale });

const listed = ({ locale }: Voice, words: readonly string[]): string =>
  new Intl.ListFormat(formatTag(locale), { type: "conjunction" }).format(words);

function turn(rule: RecurrenceRule, voice: Voice): string {
  const { say } = voice;
  const count = rule.interval;
  switch (rule.freq) {
    case "daily":
      return say("repeat.daily", { count });
    case "weekly": {
      const days = listed(
        voice,
        rule.days.map((day) => weekday(voice, day)),
      );
      return say("repeat.weekly", { count, days });
    }
    case "monthly": {
      const { by } = rule;
      if (by.kind === "weekday") {
        const nth = say(by.nth === -1 ? "repeat.nthLast" : `repeat.nth${by.nth}`);
        return say("repeat.monthlyWeekday", { count, nth, day: weekday(voice, by.day) });
      }
      if (by.day === -1) return say("repeat.monthlyLastDay", { count });
      return say("repeat.monthlyDate", { count, day: String(by.day) });
    }
  }
}

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
  const what = turn(rule, voice);
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
