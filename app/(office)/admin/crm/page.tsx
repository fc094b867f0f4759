import { redirect } from "next/navigation";

/** The set-up of sales begins with its pipelines. */
export default function SalesSetUpPage() {
  redirect("/admin/crm/pipelines");
}
