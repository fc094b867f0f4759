"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { steerJobAction } from "@/lib/workspace/actions/jobs";
import { t } from "./admin-text";
import classes from "./jobs.module.css";

const LOOK_AGAIN_MS = 2_000;
/** A run that was asked for begins within a second; after this long the page stops asking. */
const LOOKS = 15;

/** Asks the page again while something it shows is going on. */
function useFollowing(following: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!following) return;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks > LOOKS) clearInterval(timer);
      else if (!document.hidden) router.refresh();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [following, router]);
}

/** What can be done with one job of the schedule. */
export function JobControls({
  job,
  name,
  paused,
  running,
}: {
  job: string;
  name: string;
  paused: boolean;
  running: boolean;
}) {
  const [answer, steer, pending] = useActionState(steerJobAction, { status: "idle" });
  useFollowing(running || answer.status === "done");
  return (
    <form action={steer} className={classes.controls}>
      <input type="hidden" name="job" value={job} />
      <Button
        type="submit"
        name="steering"
        value="run"
        variant="default"
        disabled={running}
        loading={pending}
        aria-label={t("jobs.runNamed", { name })}
      >
        {t("jobs.run")}
      </Button>
      <Button
        type="submit"
        name="steering"
        value={paused ? "resume" : "pause"}
        variant="subtle"
        aria-label={t(paused ? "jobs.resumeNamed" : "jobs.pauseNamed", { name })}
      >
        {t(paused ? "jobs.resume" : "jobs.pause")}
      </Button>
      <AnswerLine answer={answer} />
    </form>
  );
}
