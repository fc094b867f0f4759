import type { ForecastCategory, Stage } from "./lead";

/** What the server says to a form of the sales set-up. */
export type SetUpAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string; readonly id?: string }
  /** Nothing was changed. `fields` says what is wrong with which. */
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
    };

/** A stage as it is set up, with the open deals that stand in it. */
export type StageSetUp = Stage & { readonly version: number; readonly openDeals: number };

export type PipelineSetUp = {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly version: number;
  readonly archived: boolean;
  readonly openDeals: number;
  /** In their order, the won and the lost one last; archived ones apart. */
  readonly stages: readonly StageSetUp[];
  readonly archivedStages: readonly { readonly id: string; readonly name: string }[];
};

export const CHOICE_KINDS = ["lost", "junk", "source", "product"] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

/** Something deals are sorted by: a reason, a source, a product. */
export type Choice = {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  /** Leads and deals that have it, deleted ones left out. */
  readonly used: number;
};

export type Product = Choice & {
  readonly series: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
};

export const FIELD_RECORDS = ["lead", "company", "contact"] as const;
export type FieldRecord = (typeof FIELD_RECORDS)[number];

export const FIELD_KINDS = ["text", "number", "date", "select", "checkbox", "url"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A field of the workspace's own. Its key and its kind are for life: values are kept under them. */
export type FieldSetUp = {
  readonly id: string;
  readonly record: FieldRecord;
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly options: readonly string[];
  readonly required: boolean;
  readonly archived: boolean;
  /** Records that have a value. */
  readonly used: number;
};

/** Hours of a team in its zone: weekday (0 is Sunday), from, to in minutes of the day. None: around the clock. */
export type TeamHours = readonly (readonly [day: number, from: number, to: number])[];

export type TeamMember = {
  readonly userId: string;
  readonly name: string;
  readonly weight: number;
};

export type TeamSetUp = {
  readonly id: string;
  readonly name: string;
  readonly managerId: string | null;
  readonly managerName: string | null;
  readonly zone: string;
  readonly responseMinutes: number | null;
  readonly observesHolidays: boolean;
  readonly version: number;
  readonly archived: boolean;
  readonly hours: TeamHours;
  readonly members: readonly TeamMember[];
  readonly openDeals: number;
};

/** Somebody of sales: what they see and how much they take on. */
export type SalesPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Sees everything whatever is set: an admin or a sales manager. */
  readonly manages: boolean;
  readonly scope: "own" | "team" | "all";
  readonly capacity: number | null;
  readonly takesLeads: boolean;
  readonly defaultTeamId: string | null;
  readonly teams: readonly string[];
  readonly open: number;
};

/** The field's key as its first name suggests it: "Contract end" is `contract_end`. */
export function keyFrom(label: string): string {
  const plain = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 36);
  return plain === "" ? "field" : plain;
}

/** The category a stage of this probability usually belongs to; offered, not forced. */
export function usualCategory(probability: number): ForecastCategory {
  if (probability >= 70) return "commit";
  return probability >= 50 ? "best_case" : "pipeline";
}

/** A week in which no two hours of a day overlap, in order. */
export function isTidyWeek(hours: TeamHours): boolean {
  const sorted = [...hours].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return sorted.every(([day, from], at) => {
    const before = sorted[at - 1];
    return before === undefined || before[0] !== day || before[2] <= from;
  });
}
