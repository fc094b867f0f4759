import { redirect } from "next/navigation";
import { loadViewer } from "@/lib/people/loaders";

/** The administration begins with its people; for those who manage less, with what they manage. */
export default async function AdminPage() {
  const groups = (await loadViewer())?.groups ?? ["admin"];
  if (groups.includes("admin")) redirect("/admin/users");
  redirect(groups.includes("crm_manager") ? "/admin/crm" : "/admin/mail");
}
