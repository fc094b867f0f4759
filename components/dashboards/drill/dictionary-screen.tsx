"use client";

import { TextInput } from "@mantine/core";
import { IconLink, IconSearch } from "@tabler/icons-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { Blank } from "@/components/ui/blank";
import { PageHead } from "@/components/ui/page-head";
import type { DictionarySection } from "@/lib/dashboards/core/dictionary";
import { dictionarySections, matchesWords } from "@/lib/dashboards/core/dictionary";
import type { MetricId } from "@/lib/metrics/core/registry";
import { METRIC_IDS, metricOf } from "@/lib/metrics/core/registry";
import classes from "./dictionary.module.css";
import { rulesOf } from "./metric-rules";
import { t } from "./metrics-text";

function Entry({ id }: { id: MetricId }) {
  const { name, words, formula } = metricOf(id);
  return (
    <article id={id} className={classes.entry} aria-labelledby={`${id}-name`}>
      <h3 id={`${id}-name`}>
        <Link href={`/metrics/${id}`} aria-label={t("open", { name })}>
          {name}
        </Link>
        <a href={`#${id}`} className={classes.anchor} aria-label={t("link", { name })}>
          <IconLink size={14} stroke={1.6} aria-hidden="true" />
        </a>
        <code>{id}</code>
      </h3>
      <div className={classes.meaning}>
        <p>{words}</p>
        <pre>{formula}</pre>
      </div>
      <dl>
        {rulesOf(id).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function Part({ part, ids }: DictionarySection) {
  return (
    <section aria-labelledby={`part-${part}`} className={classes.part}>
      <h2 id={`part-${part}`}>
        {t(`part.${part}`)} <small>{ids.length}</small>
      </h2>
      {ids.map((id) => (
        <Entry key={id} id={id} />
      ))}
    </section>
  );
}

/** Every figure there is, to be read, searched and linked to. */
export function DictionaryScreen() {
  const [asked, setAsked] = useState("");
  const words = useDeferredValue(asked.trim());
  const sections = dictionarySections()
    .map(({ part, ids }) => ({ part, ids: ids.filter((id) => matchesWords(id, words)) }))
    .filter(({ ids }) => ids.length > 0);
  const count = sections.reduce((sum, { ids }) => sum + ids.length, 0);
  return (
    <>
      <PageHead title={t("title")} context={t("context", { count: METRIC_IDS.length })} />
      <div className={classes.tools}>
        <TextInput
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={14} stroke={1.6} aria-hidden="true" />}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        <nav aria-label={t("parts")}>
          {sections.map(({ part, ids }) => (
            <a key={part} href={`#part-${part}`}>
              {t(`part.${part}`)} <small>{ids.length}</small>
            </a>
          ))}
        </nav>
        <p role="status" className={classes.found}>
          {words === "" ? "" : t("found", { count })}
        </p>
      </div>
      {count === 0 ? <Blank title={t("nothing")}>{t("nothingWords")}</Blank> : null}
      {sections.map((section) => (
        <Part key={section.part} {...section} />
      ))}
    </>
  );
}
