/** Why two records may be one. */
export type DuplicateReason =
  | "same-email"
  | "same-phone"
  | "same-domain"
  | "same-company"
  | "similar-company"
  | "similar-contact";

/** Why each is shown, to a person. */
export const DUPLICATE_WORDS: Readonly<Record<DuplicateReason, string>> = {
  "same-email": "same e-mail",
  "same-phone": "same phone",
  "same-domain": "same domain",
  "same-company": "same company",
  "similar-company": "similar company name",
  "similar-contact": "similar contact name",
};

/** How much a reason says by itself, 0…1; likeness of names (0…1) weakens what rests on it. */
const STRENGTH: Readonly<Record<DuplicateReason, number>> = {
  "same-email": 0.95,
  "same-phone": 0.85,
  "same-domain": 0.8,
  "same-company": 0.35,
  "similar-company": 0.7,
  "similar-contact": 0.75,
};

export type FoundReason = { readonly reason: DuplicateReason; readonly likeness: number };

/** A record that may be the same, and why: the strongest reasons first. */
export type Duplicate = {
  readonly id: string;
  readonly reasons: readonly DuplicateReason[];
  /** 0…1. */
  readonly strength: number;
};

/** Two independent reasons say more than the stronger of them. */
export function duplicateOf(id: string, found: readonly FoundReason[]): Duplicate {
  const best = new Map<DuplicateReason, number>();
  for (const { reason, likeness } of found) {
    const says = STRENGTH[reason] * Math.min(1, Math.max(0, likeness));
    best.set(reason, Math.max(says, best.get(reason) ?? 0));
  }
  const reasons = [...best].sort(([, one], [, other]) => other - one);
  const doubt = reasons.reduce((left, [, says]) => left * (1 - says), 1);
  return {
    id,
    reasons: reasons.map(([reason]) => reason),
    strength: Math.round((1 - doubt) * 1_000) / 1_000,
  };
}

/** The strongest first; equally strong ones in the order of their ids. */
export const byStrength = (one: Duplicate, other: Duplicate): number =>
  other.strength - one.strength || (one.id < other.id ? -1 : 1);

const LEGAL_FORM =
  /(?:[\s,&]+(?:inc|incorporated|corp|corporation|co|company|llc|llp|ltd|limited|plc|pte|pty|sdn|bhd|gmbh|ag|kg|ug|mbh|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|kk|pt|tbk|kft|doo|zoo)\.?)+$/i;

/** A company's name as it is compared: without its legal form, which says nothing about who it is. */
export function companyNameOf(name: string): string {
  const plain = name.normalize("NFC").trim().replace(/\s+/g, " ");
  const bare = plain
    .replace(/^PT\.?\s+/, "")
    .replace(LEGAL_FORM, "")
    .replace(/[\s,.]+$/, "");
  return (bare === "" ? plain : bare).toLowerCase();
}
