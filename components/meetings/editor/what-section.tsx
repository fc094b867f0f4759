"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import type { DraftHost, MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { ColleagueSearch } from "./colleague-search";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import { words } from "./words";

/** What it is about, and who holds it: the reader, or a colleague for whom they make it. */
export function WhatSection({
  draft,
  errors,
  viewerId,
  set,
}: {
  draft: MeetingDraft;
  errors: Readonly<Record<string, string>>;
  viewerId: string;
  set: (change: Partial<MeetingDraft>) => void;
}) {
  const [choosing, setChoosing] = useState(false);
  const { host, people } = draft;
  const own = host.userId === viewerId;
  const choose = (person: DraftHost) => {
    set({ host: person, people: people.filter(({ userId }) => userId !== person.userId) });
    setChoosing(false);
  };
  return (
    <Section id="what" title={words("what.title")}>
      <TextInput
        label={words("what.subject")}
        value={draft.subject}
        error={errors.subject}
        maxLength={200}
        data-autofocus
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <div className={classes.host}>
        <span className={classes.label}>{words("what.host")}</span>
        <span className={classes.hostName}>
          <Avatar name={host.name} size={24} photoId={host.photoId} />
          {own ? words("what.hostSelf", { name: host.name }) : host.name}
          <Button size="xs" variant="subtle" onClick={() => setChoosing(!choosing)}>
            {words("what.hostOther")}
          </Button>
        </span>
        {choosing ? (
          <ColleagueSearch
            label={words("what.hostOther")}
            without={[host.userId]}
            onChoose={choose}
          />
        ) : null}
        {errors.hostId === undefined ? null : <p className={classes.error}>{errors.hostId}</p>}
        {own ? null : <p className={classes.help}>{words("what.hostHelp", { name: host.name })}</p>}
      </div>
    </Section>
  );
}
