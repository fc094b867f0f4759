import "server-only";
import { runtime } from "@/lib/runtime";
import { calendarDateAt } from "@/lib/time/offset";
import { assign } from "../core/assign";
import { minorOfDecimal } from "../core/money";
import type { CurrencyRates } from "../core/rate-input";
import type { ImaginedLead } from "../core/rule-form";
import type { ScopeKind } from "../core/scope";
import { getSalesManager, getSeller } from "../loaders";
import { crmPolicy } from "../policy";
import { findFloor, listAssignmentRules } from "../reads/assignment";
import { listCurrenciesWithoutRate, listRates } from "../reads/rates";
import {
  getMoneySettings,
  listChoices,
  listFields,
  listPipelines,
  listProducts,
  listSalesPeople,
  listTeams,
} from "../reads/set-up";
import type { TargetYear } from "../reads/targets";
import { readTargets } from "../reads/targets";

/** The pipelines with their stages, for those who set sales up. */
export async function loadPipelines() {
  const { member } = await getSalesManager();
  return listPipelines(runtime().db, member.workspaceId);
}

/** Reasons, sources and products with how often each is used. */
export async function loadChoices() {
  const { workspaceId } = (await getSalesManager()).member;
  const { db } = runtime();
  const [lost, junk, source, product, { currency }] = await Promise.all([
    listChoices(db, workspaceId, "lost"),
    listChoices(db, workspaceId, "junk"),
    listChoices(db, workspaceId, "source"),
    listProducts(db, workspaceId),
    getMoneySettings(db, workspaceId),
  ]);
  return { lost, junk, source, product, currency };
}

/** The teams and everybody of sales. */
export async function loadTeams() {
  const { workspaceId } = (await getSalesManager()).member;
  const { db } = runtime();
  const [teams, people] = await Promise.all([
    listTeams(db, workspaceId),
    listSalesPeople(db, workspaceId),
  ]);
  return { teams, people };
}

/** The workspace's own fields. */
export async function loadFields() {
  const { member } = await getSalesManager();
  return listFields(runtime().db, member.workspaceId);
}

/** What the workspace counts in, every currency's rates, and which amounts wait for one. */
export async function loadRates() {
  const { workspaceId } = (await getSalesManager()).member;
  const { db, now } = runtime();
  const [settings, rates, waiting] = await Promise.all([
    getMoneySettings(db, workspaceId),
    listRates(db, workspaceId),
    listCurrenciesWithoutRate(db, workspaceId),
  ]);
  const codes = [...new Set([...waiting, ...rates].map(({ currency }) => currency))].sort();
  const currencies = codes.map(
    (currency): CurrencyRates => ({
      currency,
      rates: rates
        .filter((rate) => rate.currency === currency)
        .map(({ onDate, rate, setBy }) => ({ onDate, rate, setBy })),
      waiting: waiting.find((one) => one.currency === currency)?.deals ?? 0,
    }),
  );
  return { ...settings, currencies, today: calendarDateAt(settings.zone, now()) };
}

/** The targets of a business year as their reader may see them, and whether they may set them. */
export async function loadTargets(
  year: number | undefined,
): Promise<TargetYear & { readonly mayChange: boolean; readonly scope: ScopeKind }> {
  const { member, scope } = await getSeller();
  const { db, now } = runtime();
  return {
    ...(await readTargets(db, scope, year, now())),
    mayChange: crmPolicy.can(member, "crm.target", member),
    scope: scope.kind,
  };
}

/** The rules by which leads are given out, what they can ask for, and whom an imagined lead would be given to now. */
export async function loadRules(imagined: ImaginedLead | undefined) {
  const { workspaceId } = (await getSalesManager()).member;
  const { db, now } = runtime();
  const [rules, teams, people, sources, { currency }] = await Promise.all([
    listAssignmentRules(db, workspaceId),
    listTeams(db, workspaceId),
    listSalesPeople(db, workspaceId),
    listChoices(db, workspaceId, "source"),
    getMoneySettings(db, workspaceId),
  ]);
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });
  const here = teams.filter(({ archived }) => !archived).map(named);
  const known = { rules, teams: here, people: people.map(named), currency };
  const given = { ...known, sources: sources.filter(({ archived }) => !archived).map(named) };
  if (imagined === undefined) return { ...given, outcome: undefined };
  const { kind, source = null, country = null, industry = null, email = null, amount } = imagined;
  const minor = amount === undefined ? null : minorOfDecimal(amount, currency);
  const lead = {
    id: "imagined",
    kind,
    sourceId: source,
    country,
    industry,
    email,
    teamId: null,
    baseMinor: minor?.ok ? minor.value : null,
  };
  const teamIds = [...new Set(rules.map(({ teamId }) => teamId))];
  const personIds = rules.flatMap(({ personId }) => personId ?? []);
  // Nothing is locked and nothing is kept: this only looks.
  const floor = await findFloor(db, { workspaceId, teamIds, personIds }, now());
  return { ...given, outcome: assign(lead, rules, floor, now())?.assignment ?? null };
}
