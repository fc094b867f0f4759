"use client";

import { Button, Select } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { PageHead } from "@/components/ui/page-head";
import { makeScheduleAction } from "@/lib/availability/actions";
import type { Absence, BookedMeeting, Holiday, Schedule } from "@/lib/availability/core/schedule";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import { availabilityAddress } from "./address";
import classes from "./availability.module.css";
import type { RedirectChoice } from "./away-dialog";
import { AwaySection } from "./away-section";
import { ScheduleEditor } from "./schedule-editor";
import { ScheduleTabs } from "./schedule-tabs";
import { send } from "./send";
import { words } from "./words";

type Person = { readonly id: string; readonly name: string; readonly zone: TimeZone };

type Props = {
  readonly person: Person;
  readonly override: boolean;
  readonly people: readonly Person[];
  readonly schedules: readonly Schedule[];
  /** The one asked for in the address; the default without it. */
  readonly asked: string | undefined;
  readonly absences: readonly Absence[];
  readonly holidays: readonly Holiday[];
  readonly booked: readonly BookedMeeting[];
  readonly redirects: readonly RedirectChoice[];
  readonly reader: ScreenReader & { readonly id: string; readonly weekStart: DayOfWeek };
  readonly now: Instant;
  /** Of one's own hours: which other calendars count, and as of when. */
  readonly elsewhere?: ReactNode;
};

function PersonSelect({ person, people, readerId }: Props & { readonly readerId: string }) {
  const router = useRouter();
  const self = (one: Person) =>
    one.id === readerId ? words("page.self", { name: one.name }) : one.name;
  return (
    <Select
      className={classes.person}
      label={words("page.person")}
      data={people.map((one) => ({ value: one.id, label: self(one) }))}
      value={person.id}
      searchable
      allowDeselect={false}
      onChange={(id) =>
        router.push(
          availabilityAddress({ person: id === null || id === readerId ? undefined : id }),
        )
      }
    />
  );
}

function NoSchedule({ person }: { person: Person }) {
  const make = () =>
    send(makeScheduleAction, { personId: person.id, name: words("page.title") }).catch(
      () => undefined,
    );
  return (
    <Blank
      icon={<IconClock size={20} stroke={1.6} />}
      title={words("page.none")}
      action={
        <Button
          variant="filled"
          onClick={() => {
            make().catch(() => undefined);
          }}
        >
          {words("page.noneMake")}
        </Button>
      }
    >
      {words("page.noneWhy")}
    </Blank>
  );
}

/** When guests can book somebody: their schedules, one of them open, and when they are away. */
export function AvailabilityScreen(props: Props) {
  const { person, override, people, schedules, asked, absences, holidays, booked } = props;
  const { redirects, reader, now, elsewhere } = props;
  const open = schedules.find(({ id }) => id === asked) ?? schedules[0];
  const zone = zoneCity(reader.zone);
  const away = (
    <>
      <AwaySection
        personId={person.id}
        personName={override ? person.name : undefined}
        zone={person.zone}
        absences={absences}
        booked={booked}
        redirects={redirects}
        reader={reader}
        now={now}
      />
      {elsewhere}
    </>
  );
  return (
    <div className={classes.page}>
      <PageHead
        title={words("page.title")}
        context={
          override
            ? words("page.contextOf", { name: person.name, zone })
            : words("page.context", { zone })
        }
      >
        {people.length > 1 ? <PersonSelect {...props} readerId={reader.id} /> : null}
      </PageHead>
      {override ? (
        <p className={classes.override}>{words("page.override", { name: person.name })}</p>
      ) : null}
      {open === undefined ? (
        <>
          <NoSchedule person={person} />
          {away}
        </>
      ) : (
        <>
          <ScheduleTabs
            schedules={schedules}
            open={open}
            personId={person.id}
            person={person.id === reader.id ? undefined : person.id}
          />
          <ScheduleEditor
            key={open.id}
            schedule={open}
            booked={booked}
            holidays={holidays}
            stamp={absences.map(({ id }) => id).join()}
            reader={reader}
            weekStart={reader.weekStart}
            now={now}
          >
            {away}
          </ScheduleEditor>
        </>
      )}
    </div>
  );
}
