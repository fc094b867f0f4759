"use client";

import { Button, TextInput } from "@mantine/core";
import Link from "next/link";
import { useActionState } from "react";
import { SectionHead } from "@/components/ui/page-head";
import { linkDealAction } from "@/lib/meetings/actions/link-deal";
import type { DealAnswer, DealOfMeeting } from "@/lib/meetings/core/deal-answer";
import { words } from "./editor/words";
import classes from "./minutes.module.css";

const IDLE: DealAnswer = { status: "idle" };

/** The deal a meeting belongs to, for readers who sell; whoever runs the meeting puts it in or takes it out. */
export function DealPart({ meetingId, deal, mayChange }: DealOfMeeting) {
  const [answer, save, saving] = useActionState(linkDealAction, IDLE);
  const refused = answer.status === "refused" ? answer : undefined;
  return (
    <section className={classes.part} aria-labelledby="deal-of-meeting">
      <SectionHead id="deal-of-meeting" title={words("deal.title")} />
      {deal === null ? (
        <p className={classes.none}>{words("deal.none")}</p>
      ) : (
        <p>
          <Link href={`/leads/${deal.id}`}>{deal.name}</Link> <small>{deal.label}</small>
        </p>
      )}
      {mayChange ? (
        <form action={save} className={classes.form}>
          <input type="hidden" name="meetingId" value={meetingId} />
          {deal === null ? (
            <TextInput
              name="deal"
              label={words("deal.number")}
              description={words("deal.help")}
              defaultValue={refused?.deal ?? ""}
              error={refused?.message}
              maxLength={300}
            />
          ) : (
            <input type="hidden" name="deal" value="" />
          )}
          <div className={classes.acts}>
            <Button type="submit" size="xs" loading={saving}>
              {words(deal === null ? "deal.put" : "deal.take")}
            </Button>
          </div>
        </form>
      ) : null}
    </section>
  );
}
