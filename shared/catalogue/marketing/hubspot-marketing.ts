import { hubspotApi, hubspotAuth } from "../endpoints/hubspot";
import type { ManifestData } from "../manifest";

export const hubspotMarketing = {
  id: "hubspot-marketing",
  name: "HubSpot Marketing",
  category: "marketing",
  description: "Forms, lists, e-mails, campaigns and pages of HubSpot's Marketing Hub.",
  websiteUrl: "https://www.hubspot.com/products/marketing",
  docsUrl: "https://developers.hubspot.com",
  auth: hubspotAuth([
    { scope: "crm.objects.contacts.read", label: "Read contacts" },
    { scope: "crm.lists.read", label: "Read lists" },
    { scope: "crm.lists.write", label: "Add and change lists" },
    { scope: "forms", label: "Read and change forms and what was sent with them" },
    { scope: "content", label: "Read and change pages, blog posts and e-mails" },
    { scope: "marketing.campaigns.read", label: "Read campaigns" },
    { scope: "marketing.campaigns.write", label: "Add and change campaigns", default: false },
    { scope: "transactional-email", label: "Send transactional e-mails", default: false },
    { scope: "automation", label: "Read and change workflows", default: false },
  ]),
  ...hubspotApi,
} satisfies ManifestData;
