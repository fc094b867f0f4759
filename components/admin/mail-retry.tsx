"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { retryMailAction } from "@/lib/mailroom/actions/deliveries";
import { t } from "./mail-text";

/** Sends one mail again, and says what became of it. */
export function RetryMail({ mailId, name }: { mailId: string; name: string }) {
  const [answer, retry, pending] = useActionState(retryMailAction, { status: "idle" });
  return (
    <form action={retry}>
      <input type="hidden" name="mailId" value={mailId} />
      {answer.status === "done" ? null : (
        <Button
          type="submit"
          size="xs"
          variant="default"
          loading={pending}
          aria-label={t("log.retryTo", { name })}
        >
          {t("log.retry")}
        </Button>
      )}
      <AnswerLine answer={answer} />
    </form>
  );
}
