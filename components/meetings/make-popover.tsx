"use client";

import { Button, Popover, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { CSSProperties, FormEvent, Ref } from "react";
import { useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { makeFromCalendarAction } from "@/lib/meetings/actions/move-meeting";
import type { MoveAnswer } from "@/lib/meetings/core/move-answer";
import { formatTimeRange } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { t } from "./calendar-text";
import type { Axis } from "./grid-axis";
import { minuteAt } from "./grid-axis";
import type { CalendarProps, GridColumn } from "./grid-columns";
import classes from "./grid-event.module.css";
import type { GridHours } from "./grid-layout";
import type { Span } from "./grid-move";
import own from "./make-popover.module.css";
import { MoveTrouble } from "./move-trouble";
import { whenText } from "./use-block-changes";

/** A meeting that is being drawn. */
export function NewBlock({
  span,
  axis,
  hours,
  reader,
  ref,
}: {
  span: Span;
  axis: Axis;
  hours: GridHours;
  reader: ScreenReader;
  ref?: Ref<HTMLDivElement>;
}) {
  const from = minuteAt(axis, span.start);
  const to = Math.min(minuteAt(axis, span.end), hours.last * 60);
  const style = {
    "--from": from - hours.first * 60,
    "--minutes": to - from,
    "--lane": 0,
    "--lanes": 1,
  } as CSSProperties;
  return (
    <div
      className={classes.event}
      style={style}
      ref={ref}
      data-state="held"
      data-kind="guests"
      data-new
    >
      <b>{formatTimeRange({ from: span.start, to: span.end }, reader)}</b>
    </div>
  );
}

/** The editor with the same time and person. */
function editorAddress(span: Span, column: GridColumn, viewerId: string, subject: string): string {
  const params = new URLSearchParams({ start: toIso(span.start), end: toIso(span.end) });
  if (column.personId !== viewerId) params.set("people", column.personId);
  if (subject !== "") params.set("subject", subject);
  return `/meetings/new?${params.toString()}`;
}

type Refused = Extract<MoveAnswer, { status: "refused" }>;

/** What a drawn time is for: a subject is enough; everything else is in the editor. */
export function MakePopover({
  column,
  span: drawn,
  hours,
  props,
  onClose,
}: {
  column: GridColumn;
  span: Span;
  hours: GridHours;
  props: CalendarProps;
  onClose: () => void;
}) {
  const { reader, viewerId } = props;
  const [subject, setSubject] = useState("");
  const [span, setSpan] = useState(drawn);
  const [refused, setRefused] = useState<Refused>();
  const [pending, start] = useTransition();

  const make = (wanted: Span) =>
    start(async () => {
      setRefused(undefined);
      try {
        const answer = await makeFromCalendarAction(
          payload({
            subject,
            start: toIso(wanted.start),
            end: toIso(wanted.end),
            with: column.personId === viewerId ? [] : [column.personId],
          }),
        );
        if (answer.status === "refused") return setRefused(answer);
        const time = whenText(wanted, reader);
        notifications.show({ color: "accent", message: t("make.made", { subject, time }) });
        onClose();
      } catch {
        setRefused({
          status: "refused",
          message: t("make.failed"),
          conflicts: [],
          nextStarts: [],
        });
      }
    });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    make(span);
  };
  return (
    <Popover
      opened
      onChange={(opened) => {
        if (!opened) onClose();
      }}
      position="right-start"
      width={300}
      trapFocus
      withArrow
      // The block is no button: the words below say what this is.
      withRoles={false}
      shadow="md"
    >
      <Popover.Target>
        <NewBlock span={span} axis={column.axis} hours={hours} reader={reader} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t("make.label")}>
        <form onSubmit={onSubmit} className={own.form}>
          <p className="num">
            {whenText(span, reader)} {zoneAbbreviation(span.start, reader.zone, reader.locale)}
            {column.person !== undefined && column.personId !== viewerId ? (
              <>, {column.person.name}</>
            ) : null}
          </p>
          <TextInput
            label={t("make.subject")}
            value={subject}
            onChange={(event) => setSubject(event.currentTarget.value)}
            maxLength={200}
            required
            withAsterisk={false}
            autoComplete="off"
            data-autofocus
          />
          {refused === undefined ? null : (
            <MoveTrouble
              message={refused.message}
              stays=""
              conflicts={refused.conflicts}
              nextStarts={refused.nextStarts}
              near={span.start}
              minutes={(span.end - span.start) / 60_000}
              reader={reader}
              onChoose={(next) => {
                setSpan(next);
                make(next);
              }}
              onClose={() => setRefused(undefined)}
            />
          )}
          <div className={own.buttons}>
            <Button type="submit" variant="filled" size="xs" loading={pending}>
              {t("make.submit")}
            </Button>
            <ButtonLink href={editorAddress(span, column, viewerId, subject)} size="xs">
              {t("make.more")}
            </ButtonLink>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
