import { sqlStateOf, violates } from "@/lib/db/violations";

const REFERENCES: Readonly<Record<string, string>> = {
  lead_owner_exists: "ownerId",
  lead_team_exists: "teamId",
  lead_source_exists: "sourceId",
  lead_product_exists: "productId",
  lead_contact_exists: "contactId",
  lead_company_exists: "companyId",
  lead_reason_exists: "act.reasonId",
};

/** The field whose id names nothing of this workspace; undefined when that was not the trouble. */
export function unknownReference(error: unknown): string | undefined {
  if (sqlStateOf(error) !== "23503") return undefined;
  return Object.entries(REFERENCES).find(([constraint]) => violates(error, constraint))?.[1];
}
