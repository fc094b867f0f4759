"use client";

import { Button, CopyButton, Modal } from "@mantine/core";
import { startTransition, useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { endFeedAction, renewFeedAction } from "@/lib/calendars/actions";
import type { FeedFacts } from "@/lib/calendars/core/feed-facts";
import { formatDateShort } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import classes from "./calendars.module.css";
import { t } from "./calendars-text";
import { agoWords } from "./read-words";

const IDLE = { status: "idle" } as const;

/** The address, this once: afterwards nobody can read it, also not we. */
function FreshAddress({ url }: { url: string }) {
  return (
    <div className={classes.fresh}>
      <p>{t("feed.fresh")}</p>
      <code>{url}</code>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button size="xs" variant="filled" onClick={copy}>
            {copied ? t("feed.copied") : t("feed.copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

type Asked = "renew" | "end";

function Sure({
  asked,
  onStay,
  onGo,
}: {
  asked: Asked | undefined;
  onStay: () => void;
  onGo: () => void;
}) {
  const what = asked ?? "end";
  return (
    <Modal opened={asked !== undefined} onClose={onStay} title={t(`feed.${what}Sure`)}>
      <div className={classes.sure}>
        <p>{t(`feed.${what}Words`)}</p>
        <div className={classes.acts}>
          <Button data-autofocus onClick={onStay}>
            {t("feed.stay")}
          </Button>
          <Button variant="filled" color={what === "end" ? "danger" : "accent"} onClick={onGo}>
            {t(`feed.${what}`)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** The secret address of one's own meetings: made, shown once, renewed, ended. */
export function FeedSection({
  feed,
  now,
  reader,
}: {
  feed: FeedFacts | undefined;
  now: Instant;
  reader: ScreenReader;
}) {
  const [made, renew, renewing] = useActionState(renewFeedAction, IDLE);
  const [ended, end, ending] = useActionState(endFeedAction, IDLE);
  const [asked, setAsked] = useState<Asked>();
  const go = (what: Asked) => {
    setAsked(undefined);
    startTransition(() => (what === "renew" ? renew : end)(new FormData()));
  };
  const read = feed?.readAt ? agoWords(feed.readAt, now, reader) : t("feed.never");
  return (
    <section className={classes.feed} aria-labelledby="h-feed">
      <SectionHead id="h-feed" title={t("feed.title")} />
      <p className={classes.words}>{t("feed.words")}</p>
      <p className={classes.facts}>
        {feed === undefined
          ? t("feed.none")
          : t("feed.facts", { made: formatDateShort(feed.createdAt, reader), read })}
      </p>
      {made.status === "done" && made.url && feed !== undefined ? (
        <FreshAddress url={made.url} />
      ) : null}
      <div className={classes.acts}>
        {feed === undefined ? (
          // A form, so that a click before the scripts listen is no lost one.
          <form action={renew}>
            <Button type="submit" loading={renewing}>
              {t("feed.make")}
            </Button>
          </form>
        ) : (
          <>
            <Button loading={renewing} onClick={() => setAsked("renew")}>
              {t("feed.renew")}
            </Button>
            <Button
              variant="subtle"
              color="danger"
              loading={ending}
              onClick={() => setAsked("end")}
            >
              {t("feed.end")}
            </Button>
          </>
        )}
      </div>
      <AnswerLine answer={ended.status !== "idle" && feed === undefined ? ended : made} />
      <Sure
        asked={asked}
        onStay={() => setAsked(undefined)}
        onGo={() => asked !== undefined && go(asked)}
      />
    </section>
  );
}
