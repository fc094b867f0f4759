"use client";

import { useEffect, useState } from "react";
import controls from "./controls.module.css";
import frame from "./frame.module.css";
import { PlainCard } from "./plain-card";
import type { TroubleTexts } from "./trouble-texts";
import { readTroubleTexts } from "./trouble-texts";

/**
 * A page that failed: what happened, what to do, and the reference under which the log keeps the cause. Its words stand
 * in the document since it was made, because whatever renders now may be what failed.
 */
export function Trouble({
  error,
  retry,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}) {
  const [texts, setTexts] = useState<TroubleTexts>();
  useEffect(() => setTexts(readTroubleTexts()), []);
  if (!texts) return null;
  return (
    <main className={`${frame.wrap} ${frame.narrow}`} id="main">
      <PlainCard icon="alert" tone="harm" title={texts.title}>
        <p>{texts.text}</p>
        {error.digest === undefined ? null : (
          <p className={controls.small}>{texts.reference.replace("{reference}", error.digest)}</p>
        )}
        <button className={controls.button} type="button" onClick={retry}>
          {texts.retry}
        </button>
      </PlainCard>
    </main>
  );
}
