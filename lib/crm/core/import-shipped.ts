import type { ImportMapping } from "./import-mapping";

/**
 * The public data set "CRM Sales Opportunities": a folder of four files. The file names no currency: amounts are in
 * the workspace's. Deals that were lost have the value 0 and no reason; deals in prospecting have no date.
 */
const crmSalesOpportunities: ImportMapping = {
  version: 1,
  externalSource: "crm-sales-opportunities",
  kind: "opportunity",
  file: "sales_pipeline.csv",
  columns: [
    { column: "opportunity_id", field: "externalId" },
    { column: "sales_agent", field: "ownerName" },
    { column: "product", field: "product", values: { GTXPro: "GTX Pro" } },
    { column: "account", field: "companyName", blank: "tell" },
    { column: "deal_stage", field: "stage" },
    { column: "engage_date", field: "createdAt" },
    { column: "close_date", field: "closedAt" },
    { column: "close_value", field: "amount", zeroIsUnknown: true },
  ],
  constants: { lostReason: "Not stated" },
  dateFormat: "YYYY-MM-DD",
  decimal: "point",
  formulas: "fail",
  nameFrom: ["product", "companyName"],
  pipeline: {
    name: "Sales opportunities",
    stages: [
      { name: "Prospecting", type: "open", probability: 10, category: "pipeline" },
      { name: "Engaging", type: "open", probability: 50, category: "best_case" },
      { name: "Won", type: "won", probability: 100, category: "closed" },
      { name: "Lost", type: "lost", probability: 0, category: "omitted" },
    ],
  },
  make: ["lostReasons"],
  inherit: true,
  companions: [
    {
      makes: "companies",
      file: "accounts.csv",
      name: "account",
      industry: "sector",
      country: "office_location",
      employees: "employees",
      parent: "subsidiary_of",
      custom: {
        year_established: { key: "year_established", label: "Year established" },
        revenue: { key: "revenue_millions", label: "Revenue, millions" },
      },
      values: {
        sector: { technolgy: "technology" },
        office_location: { Korea: "South Korea", Philipines: "Philippines" },
      },
    },
    {
      makes: "people",
      file: "sales_teams.csv",
      name: "sales_agent",
      manager: "manager",
      team: "regional_office",
      emailDomain: "crm-sales-opportunities.invalid",
    },
    {
      makes: "products",
      file: "products.csv",
      name: "product",
      series: "series",
      price: "sales_price",
    },
  ],
};

/** Mappings that come with the product, by name. A workspace's own mapping of that name goes before. */
export const SHIPPED_MAPPINGS: ReadonlyMap<string, ImportMapping> = new Map([
  ["crm-sales-opportunities", crmSalesOpportunities],
]);
