import { multiLine, singleLine, withoutLinks } from "@/lib/meetings/core/inert-text";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { isCalledOff } from "@/lib/meetings/core/mail-facts";
import { zoneOf } from "./clock";
import type { Phrase, Section } from "./letter";
import type { Names, Voice } from "./voice";

const row = (label: string, words: string, url?: string) => ({
  label,
  value: { words, ...(url ? { url } : {}) } satisfies Phrase,
});

/**
 * A reason travels to everybody when the host gave it. A guest's own words go to the host alone: their
 * address is not proven, and we do not carry a stranger's text to people a stranger names.
 */
function reasonOf({ meeting, reader }: MailFacts): string {
  const byGuest = meeting.changedBy === "guest";
  if (byGuest && reader.role !== "host") return "";
  const reason = multiLine(meeting.reason ?? "", 2_000);
  return byGuest ? withoutLinks(reason) : reason;
}

function joiningOf({ meeting }: MailFacts, { say }: Voice): Section | undefined {
  if (!meeting.joinUrl) return undefined;
  return {
    kind: "pairs",
    title: say("section.joining"),
    rows: [
      row(say("section.link"), meeting.joinUrl.replace(/^https?:\/\//, ""), meeting.joinUrl),
      ...(meeting.joinId ? [row(say("section.meetingId"), singleLine(meeting.joinId))] : []),
      ...(meeting.joinPasscode
        ? [row(say("section.passcode"), singleLine(meeting.joinPasscode))]
        : []),
    ],
  };
}

function attachmentsOf({ meeting }: MailFacts, { say }: Voice): readonly Section[] {
  const papers = (meeting.attachments ?? []).map(({ title, url }, index) =>
    row(`${index + 1}`, withoutLinks(singleLine(title)) || url, url),
  );
  return papers.length === 0
    ? []
    : [{ kind: "pairs", title: say("section.attachments"), rows: papers }];
}

/** What somebody said with an answer or a proposal, and what a provider said of a failure. */
function saidSections({ event, meeting }: MailFacts, { say }: Voice, names: Names): Section[] {
  const note = { proposed: meeting.proposal?.note, answered: meeting.answer?.note }[
    event as "proposed" | "answered"
  ];
  const words = withoutLinks(multiLine(note ?? "", 1_000));
  const minutes = event === "summary-ready" ? multiLine(meeting.minutes ?? "", 20_000) : "";
  const cause = event === "online-failed" ? withoutLinks(singleLine(meeting.cause ?? "", 500)) : "";
  return [
    ...(words
      ? [{ kind: "words" as const, title: say("section.noteFrom", { who: names.who }), words }]
      : []),
    ...(minutes
      ? [{ kind: "words" as const, title: say("section.minutes"), words: withoutLinks(minutes) }]
      : []),
    ...(cause ? [{ kind: "words" as const, title: say("section.cause"), words: cause }] : []),
  ];
}

function guestSections({ meeting }: MailFacts, { say, city }: Voice, names: Names): Section[] {
  const sections: Section[] = [];
  if (meeting.guest)
    sections.push({
      kind: "pairs",
      title: say("section.bookedBy"),
      rows: [
        row(say("section.name"), names.guest),
        row(say("section.email"), meeting.guest.email),
        row(say("section.zone"), city(zoneOf(meeting.guest.zone))),
        ...(meeting.linkName
          ? [row(say("section.bookingLink"), withoutLinks(singleLine(meeting.linkName)))]
          : []),
      ],
    });
  const answers = (meeting.answers ?? []).map(({ question, answer }) =>
    row(singleLine(question), withoutLinks(multiLine(answer, 2_000))),
  );
  if (answers.length > 0)
    sections.push({ kind: "pairs", title: say("section.answers"), rows: answers });
  const note = withoutLinks(multiLine(meeting.note ?? ""));
  if (note)
    sections.push({
      kind: "words",
      title: say("section.note", { guest: names.guest || "–" }),
      words: note,
    });
  return sections;
}

/** The parts below the time-zone table, those that have something to say to this reader. */
export function sectionsOf(facts: MailFacts, voice: Voice, names: Names): readonly Section[] {
  const { meeting, reader } = facts;
  const { say } = voice;
  const sections: Section[] = [];
  const reason = reasonOf(facts);
  if (reason) sections.push({ kind: "words", title: say("section.reason"), words: reason });
  sections.push(...saidSections(facts, voice, names));
  if (reader.role === "host") sections.push(...guestSections(facts, voice, names));
  // Who looks after rooms is told which and when, and nothing of what is discussed there.
  if (isCalledOff(facts) || reader.role === "manager") return sections;
  if (meeting.place)
    sections.push({
      kind: "words",
      title: say("section.place"),
      words: singleLine(meeting.place),
    });
  const agenda = multiLine(meeting.agenda ?? "")
    .split("\n")
    .filter(Boolean);
  if (agenda.length > 0)
    sections.push({ kind: "steps", title: say("section.agenda"), items: agenda });
  sections.push(...attachmentsOf(facts, voice));
  const joining = meeting.settled ? joiningOf(facts, voice) : undefined;
  if (joining) sections.push(joining);
  const others = (facts.others ?? []).map(({ name }) => withoutLinks(singleLine(name)));
  if (others.length > 0)
    sections.push({ kind: "words", title: say("section.others"), words: others.join("\n") });
  return sections;
}
