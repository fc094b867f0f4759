import { IconUsersGroup } from "@tabler/icons-react";
import { Blank } from "@/components/ui/blank";
import { PageHead } from "@/components/ui/page-head";
import type { SalesPerson, TeamSetUp } from "@/lib/crm/core/set-up";
import { Archived } from "./archived";
import { PeoplePart } from "./people-part";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";
import { NewTeam, TeamList } from "./team-part";

/** The teams with their people and hours, and what each person of sales sees and takes on. */
export function TeamsScreen({
  teams,
  people,
}: {
  teams: readonly TeamSetUp[];
  people: readonly SalesPerson[];
}) {
  const here = teams.filter(({ archived }) => !archived);
  const sellers = people.map(({ id, name }) => ({ id, name }));
  return (
    <div className={classes.screen}>
      <PageHead title={t("teams.title")} context={t("teams.context")} />
      <section className={classes.part} aria-label={t("teams.list")}>
        {here.length === 0 ? (
          <Blank icon={<IconUsersGroup size={20} stroke={1.6} />} title={t("teams.none")}>
            {t("teams.noneWords")}
          </Blank>
        ) : (
          <TeamList teams={here} people={sellers} />
        )}
        <NewTeam people={sellers} key={teams.length} />
        <Archived what="team" items={teams.filter(({ archived }) => archived)} />
      </section>
      <PeoplePart people={people} teams={here.map(({ id, name }) => ({ id, name }))} />
    </div>
  );
}
