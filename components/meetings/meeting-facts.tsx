import {
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
  IconLink,
  IconMoon,
  IconNotes,
  IconPaperclip,
  IconRepeat,
  IconUser,
} from "@tabler/icons-react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { t } from "@/components/ui/office-text";
import type {
  AttendeeAnswer,
  MeetingDetail,
  MeetingPerson,
} from "@/lib/meetings/core/meeting-view";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import { isNight } from "@/lib/time/night";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import { words } from "./editor/words";
import { Fact } from "./fact";
import classes from "./meeting-facts.module.css";
import { PlaceFacts } from "./place-facts";
import { say, seriesLine } from "./series-words";
import { zoneRows } from "./zone-rows";

const ANSWERS = {
  accepted: IconCircleCheck,
  "needs-action": IconCircleDashed,
  tentative: IconHelpCircle,
  declined: IconCircleX,
} as const satisfies Record<AttendeeAnswer, unknown>;

/** Host, co-host, required or optional; of guests that they are one. */
function roleText({ role, required, coHost }: MeetingPerson): string {
  if (role !== "attendee") return t(`roles.${role}`);
  const part = required ? t("roles.attendee") : words("facts.optional");
  return coHost ? `${words("facts.coHost")}, ${part.toLowerCase()}` : part;
}

function Person({
  person,
  meeting,
  reader,
}: {
  person: MeetingPerson;
  meeting: MeetingDetail;
  reader: ScreenReader;
}) {
  const Answer = ANSWERS[person.answer];
  const night = isNight(person.zone, meeting.start);
  return (
    <li>
      <Avatar name={person.name} size={24} />
      <span className={classes.name}>
        <b className="clip">{person.name}</b>
        <small className="clip" title={person.email}>
          {roleText(person)}
          {person.note === null ? `, ${person.email}` : `, “${person.note}”`}
        </small>
      </span>
      <span className={classes.local}>
        <b>
          {night ? (
            <>
              <IconMoon size={12} stroke={1.6} aria-hidden="true" />
              <span className="sr-only">{t("home.night")} </span>
            </>
          ) : null}
          {formatTime(meeting.start, { ...reader, zone: person.zone })}
        </b>
        <small>{zoneCity(person.zone)}</small>
      </span>
      <span
        className={classes.answer}
        data-answer={person.answer}
        title={t(`answers.${person.answer}`)}
      >
        <Answer size={16} stroke={1.6} aria-hidden="true" />
        <span className="sr-only">{t(`answers.${person.answer}`)}</span>
      </span>
    </li>
  );
}

function ZoneTable({ meeting, reader }: { meeting: MeetingDetail; reader: ScreenReader }) {
  const span = { from: meeting.start, to: meeting.end };
  const ownDate = formatDateShort(meeting.start, reader);
  return (
    <table className={classes.zones}>
      <caption className="sr-only">{t("meeting.zonesCaption")}</caption>
      <tbody>
        {zoneRows([...meeting.rooms, ...meeting.people], reader.zone).map(
          ({ zone, names, own }) => {
            const there = { ...reader, zone };
            const date = formatDateShort(meeting.start, there);
            return (
              <tr key={zone} data-own={own || undefined}>
                <th scope="row">
                  {zoneCity(zone)}
                  <small>{names.join(", ")}</small>
                </th>
                <td className={classes.range}>
                  {date === ownDate ? null : <small>{date}</small>}
                  {formatTimeRange(span, there)}
                </td>
                <td className={classes.zone}>
                  {zoneAbbreviation(meeting.start, zone, reader.locale)}
                </td>
              </tr>
            );
          },
        )}
      </tbody>
    </table>
  );
}

function answersText(people: readonly MeetingPerson[]): string {
  const count = (answer: AttendeeAnswer) =>
    people.filter((person) => person.answer === answer).length;
  const parts = [
    count("accepted") > 0 ? t("meeting.yes", { count: count("accepted") }) : "",
    count("tentative") > 0 ? t("meeting.maybe", { count: count("tentative") }) : "",
    count("declined") > 0 ? t("meeting.no", { count: count("declined") }) : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function GuestAnswers({ answers }: Pick<MeetingPerson, "answers">) {
  return (
    <ul className={classes.answers}>
      {answers.map(({ question, answer }) => (
        <li key={question}>
          <small>{question}</small>
          <span>{answer}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where, what was written, who takes part and what their clocks say. */
export function MeetingFacts({
  meeting,
  reader,
  heading: Heading,
}: {
  meeting: MeetingDetail;
  reader: ScreenReader;
  /** One level below the meeting's own heading. */
  heading: "h2" | "h3";
}) {
  const icon = { size: 14, stroke: 1.6, "aria-hidden": true } as const;
  return (
    <div className={classes.facts}>
      <dl className={classes.list}>
        <Fact icon={<IconUser {...icon} />} label={t("meeting.host")}>
          {meeting.hostName} <small>{t("roles.host")}</small>
        </Fact>
        <PlaceFacts meeting={meeting} reader={reader} />
        {meeting.series === null ? null : (
          <Fact icon={<IconRepeat {...icon} />} label={say("field.title")}>
            {seriesLine(meeting.series, reader.locale)}
          </Fact>
        )}
        {meeting.agenda === null ? null : (
          <Fact icon={<IconNotes {...icon} />} label={words("facts.agenda")}>
            <p className={classes.agenda}>{meeting.agenda}</p>
          </Fact>
        )}
        {meeting.attachments.length === 0 ? null : (
          <Fact icon={<IconPaperclip {...icon} />} label={words("facts.papers")}>
            {meeting.attachments.map(({ title, url }) => (
              <a key={url} className={`link ${classes.paper}`} href={url} rel="noreferrer">
                {title}
              </a>
            ))}
          </Fact>
        )}
        {meeting.note === null || meeting.note === "" ? null : (
          <Fact icon={<IconNotes {...icon} />} label={t("meeting.guestWrote")}>
            <q className={classes.note}>{meeting.note}</q>
          </Fact>
        )}
        {meeting.people
          .filter(({ answers }) => answers.length > 0)
          .map(({ name, email, answers }) => (
            <Fact
              key={email}
              icon={<IconNotes {...icon} />}
              label={t("meeting.answersOf", { name })}
            >
              <GuestAnswers answers={answers} />
            </Fact>
          ))}
        {meeting.linkName === null ? null : (
          <Fact icon={<IconLink {...icon} />} label={t("meeting.link")}>
            {t("meeting.through", { link: meeting.linkName })}
          </Fact>
        )}
        {meeting.cancelReason === null ? null : (
          <Fact icon={<IconBan {...icon} />} label={t("meeting.reason")}>
            <q className={classes.note}>{meeting.cancelReason}</q>
          </Fact>
        )}
      </dl>
      <section aria-labelledby="h-people">
        <div className={classes.head}>
          <Heading id="h-people">{t("meeting.people")}</Heading>
          <span>{meeting.people.length}</span>
          <span>{answersText(meeting.people)}</span>
          {meeting.seats === null ? null : <span>{t("meeting.seats", meeting.seats)}</span>}
        </div>
        <ul className={classes.people}>
          {meeting.people.map((person) => (
            <Person
              key={`${person.role} ${person.email}`}
              person={person}
              meeting={meeting}
              reader={reader}
            />
          ))}
        </ul>
      </section>
      <section aria-labelledby="h-zones">
        <div className={classes.head}>
          <Heading id="h-zones">{t("meeting.zones")}</Heading>
        </div>
        <ZoneTable meeting={meeting} reader={reader} />
      </section>
    </div>
  );
}
