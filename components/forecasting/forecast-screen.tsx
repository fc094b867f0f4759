"use client";

import { NativeSelect } from "@mantine/core";
import { useRouter } from "next/navigation";
import { BlockGrid } from "@/components/dashboards/block-frame";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { ForecastPage, Reach } from "@/lib/forecasting/core/page";
import { REACHES } from "@/lib/forecasting/core/page";
import { AheadBlock, BacktestBlock, MixBlock } from "./backtest-blocks";
import { ChecksBlock } from "./checks-block";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { scopeText } from "./look";
import { WhereBlock } from "./where-block";

const addressOf = (team: string | null, reach: Reach): string => {
  const query = new URLSearchParams();
  if (team !== null) query.set("team", team);
  if (reach !== "quarter") query.set("until", reach);
  const text = query.toString();
  return `/dashboards/forecast${text === "" ? "" : `?${text}`}`;
};

/** Whose forecast, and until when. Both stand in the address. */
function Choices({ page }: { page: ForecastPage }) {
  const router = useRouter();
  const { team, teams, reach, seesAll } = page;
  const options = [
    ...(seesAll ? [{ value: "", label: t("forecast.allTeams") }] : []),
    ...teams.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const open = (nextTeam: string, nextReach: string) =>
    router.push(addressOf(nextTeam === "" ? null : nextTeam, nextReach as Reach), {
      scroll: false,
    });
  return (
    <div className={classes.choices}>
      {options.length < 2 ? null : (
        <NativeSelect
          label={t("forecast.team")}
          data={options}
          value={team ?? ""}
          onChange={(event) => open(event.currentTarget.value, reach)}
        />
      )}
      <NativeSelect
        label={t("forecast.reach")}
        data={REACHES.map((one) => ({ value: one, label: t(`forecast.reaches.${one}`) }))}
        value={reach}
        onChange={(event) => open(team ?? "", event.currentTarget.value)}
      />
    </div>
  );
}

/** Where the period ends, how far that can be trusted, and why. */
export function ForecastScreen({
  page,
  reader,
}: {
  page: ForecastPage;
  reader: Pick<Look, "locale" | "zone">;
}) {
  const look: Look = { ...reader, currency: page.currency, today: page.today };
  const isForNobody = page.panel.status === "none" && page.panel.reason === "not-for-this-scope";
  return (
    <>
      <PageHead
        title={t("forecast.title")}
        context={t("forecast.context", { scope: scopeText(page.scope) })}
      >
        <ButtonLink href="/dashboards/scoring" variant="default">
          {t("forecast.score")}
        </ButtonLink>
      </PageHead>
      {isForNobody ? null : <Choices page={page} />}
      <BlockGrid>
        <WhereBlock panel={page.panel} look={look} />
        <AheadBlock page={page} look={look} />
        {isForNobody ? null : (
          <>
            <BacktestBlock page={page} look={look} />
            <MixBlock page={page} look={look} />
            <ChecksBlock checks={page.checks} look={look} />
          </>
        )}
      </BlockGrid>
    </>
  );
}
