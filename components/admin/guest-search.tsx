"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { findGuestAction } from "@/lib/privacy/actions";
import { t } from "./admin-text";
import { GuestHeld } from "./guest-held";
import classes from "./privacy.module.css";

/** Looks up one address. What is found is in this page only: neither its address nor a log holds whose it is. */
export function GuestSearch({ reader }: { reader: ScreenReader }) {
  const [answer, find, pending] = useActionState(findGuestAction, { status: "idle" });
  const refused = answer.status === "refused" ? answer : undefined;
  return (
    <section className={classes.part} aria-labelledby="h-search">
      <SectionHead id="h-search" title={t("privacy.searchTitle")} />
      <form action={find} className={classes.search} noValidate>
        <TextInput
          name="email"
          type="email"
          label={t("privacy.email")}
          description={t("privacy.emailHelp")}
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          defaultValue={refused?.email ?? (answer.status === "found" ? answer.held.email : "")}
          error={refused?.message}
        />
        <Button type="submit" loading={pending}>
          {t("privacy.search")}
        </Button>
      </form>
      <div role="status" className={classes.found}>
        {answer.status === "found" ? (
          <GuestHeld key={answer.held.email} held={answer.held} reader={reader} />
        ) : null}
      </div>
    </section>
  );
}
