import { hubspotApi, hubspotAuth } from "../endpoints/hubspot";
import type { ManifestData } from "../manifest";

export const hubspot = {
  id: "hubspot",
  name: "HubSpot",
  category: "crm",
  description: "Contacts, companies, deals and tickets of a HubSpot account.",
  websiteUrl: "https://www.hubspot.com",
  docsUrl: "https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide",
  auth: hubspotAuth([
    { scope: "crm.objects.contacts.read", label: "Read contacts" },
    { scope: "crm.objects.contacts.write", label: "Add and change contacts" },
    { scope: "crm.objects.companies.read", label: "Read companies" },
    { scope: "crm.objects.companies.write", label: "Add and change companies" },
    { scope: "crm.objects.deals.read", label: "Read deals" },
    { scope: "crm.objects.deals.write", label: "Add and change deals" },
    { scope: "crm.objects.owners.read", label: "See who owns what" },
    { scope: "crm.schemas.contacts.read", label: "See which properties contacts have" },
    { scope: "crm.schemas.companies.read", label: "See which properties companies have" },
    { scope: "crm.schemas.deals.read", label: "See which properties deals have" },
    { scope: "crm.lists.read", label: "Read lists", default: false },
    { scope: "crm.lists.write", label: "Add and change lists", default: false },
    { scope: "tickets", label: "Read and change tickets", default: false },
  ]),
  ...hubspotApi,
} satisfies ManifestData;
