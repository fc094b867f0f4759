import fc from "fast-check";
import { v7 as newId } from "uuid";
import { changeLeads } from "@/lib/crm/commands/change-leads";
import { makeLead } from "@/lib/crm/commands/make-lead";
import { mergeLeads, undoMerge } from "@/lib/crm/commands/merge-leads";
import { undoChange } from "@/lib/crm/commands/undo-change";
import { insertRows } from "@/lib/db/rows";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS, MINUTE_MS, toIso } from "@/lib/time/instant";
import type { Sales } from "./factories/crm";
import type { House } from "./house";
import { NOW } from "./house";

/** fast-check prints the seed with a counterexample; given in the environment, a run can be repeated or made longer. */
export const LAW_SEED = Number(process.env.MERIDIAN_LAW_SEED ?? 20_261_122);
export const LAW_RUNS = Number(process.env.MERIDIAN_LAW_RUNS ?? 25);

const index = fc.nat({ max: 7 });
/** One thing that may happen. */
export const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("make" as const),
      deal: fc.boolean(),
      minor: fc.option(fc.nat({ max: 1_000_000 })),
      currency: fc.constantFrom("USD", "EUR", "IDR"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("convert" as const), at: index }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("move" as const), at: index, to: fc.nat({ max: 7 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("assign" as const), at: index, to: fc.nat({ max: 2 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("win" as const),
      at: index,
      hoursAgo: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("lose" as const),
      at: index,
      hoursAgo: fc.nat({ max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("junk" as const), at: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reopen" as const), at: index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("restate" as const),
      at: index,
      hoursAgo: fc.nat({ max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("park" as const), at: index }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("amount" as const),
      at: index,
      minor: fc.option(fc.nat({ max: 1_000_000 })),
      currency: fc.constantFrom("USD", "EUR", "IDR"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("merge" as const),
      at: index,
      others: fc.array(index, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("unmerge" as const), at: fc.nat({ max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), at: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore" as const), at: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("undo" as const), at: fc.nat({ max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("activity" as const), at: index, done: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("rate" as const),
      currency: fc.constantFrom("EUR", "IDR"),
      hundredths: fc.integer({ min: 1, max: 300 }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** The leads of one workspace, and what happened to them so far. */
export class Life {
  readonly leads: string[] = [];
  readonly undos: string[] = [];
  readonly merges: string[] = [];
  done = 0;
  now: Instant = NOW;
  readonly house: House;
  readonly sales: Sales;
  readonly owners: readonly string[];

  constructor(house: House, sales: Sales, owners: readonly string[]) {
    this.house = house;
    this.sales = sales;
    this.owners = owners;
  }

  get deps() {
    return { ...this.house, now: () => this.now };
  }

  #id(at: number): string | undefined {
    return this.leads[this.leads.length === 0 ? 0 : at % this.leads.length];
  }

  async #act(at: number, act: Parameters<typeof changeLeads>[0]["act"]): Promise<void> {
    const id = this.#id(at);
    if (id === undefined) return;
    const { actor, scope } = this.sales;
    const { changed, undoId } = await changeLeads(
      { actor, scope, leads: [{ id }], act, via: "person", label: "Changed" },
      this.deps,
    );
    this.done += changed.length;
    if (undoId !== null) this.undos.push(undoId);
  }

  async #make(one: Extract<Step, { do: "make" }>): Promise<void> {
    const { actor, scope } = this.sales;
    const made = await makeLead(
      {
        actor,
        scope,
        via: "person",
        input: {
          kind: one.deal ? "opportunity" : "lead",
          fields: {
            name: `Lead ${this.leads.length}`,
            amountMinor: one.minor,
            currency: one.currency,
          },
        },
      },
      this.deps,
    );
    if (made.ok) this.leads.push(made.value.id);
  }

  async #activity({ at, done }: Extract<Step, { do: "activity" }>): Promise<void> {
    const leadId = this.#id(at);
    if (leadId === undefined) return;
    const due = toIso((this.now + HOUR_MS) as Instant);
    const { workspaceId } = this.sales;
    const placed = { workspace_id: workspaceId, id: newId(), lead_id: leadId };
    await insertRows(this.house.db, [
      {
        table: "activity",
        rows: [
          {
            ...placed,
            kind: "call",
            subject: "Call",
            due_at: due,
            done_at: done ? toIso(this.now) : null,
            all_day: false,
            human: true,
            created_at: toIso(this.now),
            version: 1,
          },
        ],
      },
      {
        table: "lead_note",
        rows: [{ ...placed, body: "Said yes", mentions: [], at: toIso(this.now), version: 1 }],
      },
    ]);
  }

  async #merge({ at, others }: Extract<Step, { do: "merge" }>): Promise<void> {
    const { actor, scope } = this.sales;
    const survivorId = this.#id(at);
    if (survivorId === undefined) return;
    const mergedIds = others.flatMap((other) => this.#id(other) ?? []);
    const merged = await mergeLeads({ actor, scope, survivorId, mergedIds }, this.deps);
    if (merged.ok) {
      this.merges.push(merged.value.mergeId);
      this.done += 1;
    }
  }

  /** One step of a life, later than the one before it. What is refused changes nothing; that is the commands' to say. */
  async take(one: Step): Promise<void> {
    this.now = (this.now + 7 * MINUTE_MS) as Instant;
    const { actor, scope, stages, workspaceId, lostReason, junkReason } = this.sales;
    const ago = (hours: number) => (this.now - hours * 5 * MINUTE_MS) as Instant;
    switch (one.do) {
      case "make":
        return this.#make(one);
      case "activity":
        return this.#activity(one);
      case "merge":
        return this.#merge(one);
      case "convert":
        return this.#act(one.at, { kind: "convert", stageId: stages[0]?.id ?? "" });
      case "move":
        return this.#act(one.at, {
          kind: "move",
          stageId: stages[one.to]?.id ?? "",
          lost: { reasonId: lostReason },
        });
      case "assign":
        return this.#act(one.at, { kind: "assign", ownerId: this.owners[one.to] ?? null });
      case "win":
        return this.#act(one.at, { kind: "win", closedAt: ago(one.hoursAgo) });
      case "lose":
        return this.#act(one.at, {
          kind: "lose",
          reasonId: lostReason,
          closedAt: ago(one.hoursAgo),
        });
      case "junk":
        return this.#act(one.at, { kind: "junk", reasonId: junkReason });
      case "reopen":
        return this.#act(one.at, { kind: "reopen" });
      case "restate":
        return this.#act(one.at, { kind: "restate", closedAt: ago(one.hoursAgo) });
      case "park":
        return this.#act(one.at, { kind: "park", until: "2027-01-01" as CalendarDate });
      case "amount":
        return this.#act(one.at, {
          kind: "edit",
          fields: { amountMinor: one.minor, currency: one.currency },
        });
      case "delete":
        return this.#act(one.at, { kind: "delete" });
      case "restore":
        return this.#act(one.at, { kind: "restore" });
      case "unmerge": {
        const mergeId = this.merges.at(-1 - one.at);
        if (mergeId !== undefined) await undoMerge({ actor, scope, mergeId }, this.deps);
        return;
      }
      case "undo": {
        // Undone in time: the clock of an undo stands where its change stood.
        const undoId = this.undos.at(-1 - one.at);
        const at = (this.now - 7 * MINUTE_MS + 1_000) as Instant;
        if (undoId !== undefined)
          await undoChange({ actor, undoId }, { ...this.deps, now: () => at });
        return;
      }
      case "rate":
        await this.house.db.$executeRaw`
          INSERT INTO fx_rate (workspace_id, currency, on_date, rate) VALUES (${workspaceId}::uuid, ${one.currency}, '2026-01-01', ${one.hundredths}::numeric / 100)
          ON CONFLICT (workspace_id, currency, on_date) DO UPDATE SET rate = excluded.rate`;
        return;
    }
  }
}
