"use client";

import { Button } from "@mantine/core";
import { useActionState, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { acceptProposalAction, declineProposalAction } from "@/lib/meetings/actions/run-meeting";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { formatDateShort, formatTimeRange } from "@/lib/time/format";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { ActForm } from "./act-form";
import { AnswerNotice } from "./answer-notice";
import classes from "./attendee-answer.module.css";
import { words } from "./editor/words";

/** Other times that people proposed, each to be taken, which moves the meeting, or not. */
export function Proposals({ meeting, reader }: { meeting: MeetingDetail; reader: ScreenReader }) {
  const [accepted, accept, accepting] = useActionState(acceptProposalAction, { status: "idle" });
  const [declined, decline, declining] = useActionState(declineProposalAction, { status: "idle" });
  const [asked, setAsked] = useState<"accept" | "decline">("accept");
  const pending = accepting || declining;
  const decides = meeting.permitted.includes("meeting.decide");
  const answer = asked === "accept" ? accepted : declined;
  return (
    <>
      <AnswerNotice answer={answer} reader={reader} />
      {meeting.proposals.length === 0 ? null : (
        <section className={classes.proposals} aria-labelledby="h-proposals">
          <h2 id="h-proposals">{words("proposals.title")}</h2>
          <ul>
            {meeting.proposals.map((proposal) => {
              const span = { from: proposal.start, to: proposal.end };
              const time = `${formatDateShort(proposal.start, reader)}, ${formatTimeRange(span, reader)} ${zoneAbbreviation(proposal.start, reader.zone, reader.locale)}`;
              const { name } = proposal;
              const fields = { proposalId: proposal.id };
              return (
                <li key={proposal.id}>
                  <span>
                    {words("proposals.by", { name })} <b>{time}</b>
                    {proposal.note === null ? null : <small>“{proposal.note}”</small>}
                  </span>
                  {decides ? (
                    <span className={classes.row}>
                      <ActForm
                        action={accept}
                        meeting={meeting}
                        fields={fields}
                        onSubmit={() => setAsked("accept")}
                      >
                        <Button
                          type="submit"
                          size="xs"
                          disabled={pending}
                          aria-label={words("proposals.acceptNamed", { time, name })}
                        >
                          {words("proposals.accept")}
                        </Button>
                      </ActForm>
                      <ActForm
                        action={decline}
                        meeting={meeting}
                        fields={fields}
                        onSubmit={() => setAsked("decline")}
                      >
                        <Button
                          type="submit"
                          size="xs"
                          variant="subtle"
                          disabled={pending}
                          aria-label={words("proposals.declineNamed", { name })}
                        >
                          {words("proposals.decline")}
                        </Button>
                      </ActForm>
                    </span>
                  ) : null}
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}
