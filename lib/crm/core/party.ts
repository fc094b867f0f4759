import type { Instant } from "@/lib/time/instant";
import type { FieldDefinition, Named } from "./deal-view";
import type { LeadStatus } from "./lead";

/** A company, as its row. */
export type Company = {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly website: string | null;
  readonly phone: string | null;
  readonly industry: string | null;
  readonly country: string | null;
  readonly employees: number | null;
  readonly ownerId: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly custom: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
  readonly mergedInto: string | null;
};

/** A contact, as its row. */
export type Contact = {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly title: string | null;
  readonly companyId: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly custom: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
  readonly mergedInto: string | null;
};

export type PartyRecord = "company" | "contact";

/** What a list of companies or contacts is asked. */
export type PartyQuestion = {
  readonly q: string;
  readonly country: string | undefined;
  /** The last one of the page before. */
  readonly after: string | undefined;
};

/** One line of the list: companies tell their industry and domain, contacts their company and addresses. */
export type PartyRow = {
  readonly id: string;
  readonly name: string;
  /** Domain of a company; e-mail of a contact. */
  readonly address: string | null;
  readonly phone: string | null;
  /** Industry of a company; company of a contact. */
  readonly about: string | null;
  readonly country: string | null;
  /** Open deals the reader may see, and how many of everybody's there are. */
  readonly openDeals: number;
  readonly deals: number;
  readonly people: number;
};

export type PartyPage = {
  readonly rows: readonly PartyRow[];
  readonly next: string | undefined;
};

/** A deal as the page of a company or contact lists it: only those in the reader's scope. */
export type PartyDeal = {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly status: LeadStatus;
  readonly stage: string | null;
  readonly owner: string | null;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly updatedAt: Instant;
};

export type PartyMeeting = {
  readonly id: string;
  readonly subject: string | null;
  readonly readable: boolean;
  readonly start: Instant;
  readonly hostName: string;
  readonly gone: boolean;
};

export type PartyPermission = "party.read" | "party.change" | "party.delete";

/** A merge that can be taken back. `by` is null for a machine. */
export type OpenMerge = {
  readonly id: string;
  readonly count: number;
  readonly at: Instant;
  readonly by: string | null;
};

/** What the pages of a company and a contact share. */
export type PartyAround = {
  readonly deals: readonly PartyDeal[];
  /** Deals of this company or contact that are not the reader's to see. */
  readonly hiddenDeals: number;
  readonly meetings: readonly PartyMeeting[];
  readonly fields: readonly FieldDefinition[];
  readonly permitted: readonly PartyPermission[];
  /** Others that are likely the same; none for a reader who cannot merge them. */
  readonly duplicates: number;
  /** Merges into this one that this reader can take back as it stands, the newest first. */
  readonly merges: readonly OpenMerge[];
  readonly now: Instant;
};

export type CompanyView = PartyAround & {
  readonly company: Company;
  readonly owner: string | null;
  readonly sellers: readonly Named[];
  readonly people: readonly (Named & {
    readonly title: string | null;
    readonly email: string | null;
  })[];
};

export type ContactView = PartyAround & {
  readonly contact: Contact;
  readonly company: Named | null;
};

/** Companies and contacts of one page. */
export const PARTY_PAGE = 50;
