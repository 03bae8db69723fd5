import { aws } from "./cloud/aws";
import { azure } from "./cloud/azure";
import { cloudflare } from "./cloud/cloudflare";
import { digitalocean } from "./cloud/digitalocean";
import { gcp } from "./cloud/gcp";
import { googleWorkspace } from "./communication/google-workspace";
import { microsoft365 } from "./communication/microsoft-365";
import { microsoftTeams } from "./communication/microsoft-teams";
import { slack } from "./communication/slack";
import { hubspot } from "./crm/hubspot";
import { pipedrive } from "./crm/pipedrive";
import { salesforce } from "./crm/salesforce";
import { zohoCrm } from "./crm/zoho-crm";
import { bigquery } from "./data/bigquery";
import { databricks } from "./data/databricks";
import { powerBi } from "./data/power-bi";
import { snowflake } from "./data/snowflake";
import { tableau } from "./data/tableau";
import { elasticsearch } from "./databases/elasticsearch";
import { mongodb } from "./databases/mongodb";
import { mysql } from "./databases/mysql";
import { postgresql } from "./databases/postgresql";
import { redis } from "./databases/redis";
import { confluence } from "./devops/confluence";
import { github } from "./devops/github";
import { gitlab } from "./devops/gitlab";
import { jira } from "./devops/jira";
import { amazonSellingPartner } from "./e-commerce/amazon-selling-partner";
import { magento } from "./e-commerce/magento";
import { shopify } from "./e-commerce/shopify";
import { woocommerce } from "./e-commerce/woocommerce";
import { dynamics365 } from "./erp/dynamics365";
import { netsuite } from "./erp/netsuite";
import { odoo } from "./erp/odoo";
import { sageIntacct } from "./erp/sage-intacct";
import { sapS4hana } from "./erp/sap-s4hana";
import { datev } from "./finance/datev";
import { lexoffice } from "./finance/lexoffice";
import { quickbooks } from "./finance/quickbooks";
import { sageAccounting } from "./finance/sage-accounting";
import { stripe } from "./finance/stripe";
import { xero } from "./finance/xero";
import { bamboohr } from "./hr/bamboohr";
import { personio } from "./hr/personio";
import { sapSuccessfactors } from "./hr/sap-successfactors";
import { workday } from "./hr/workday";
import { anyApi } from "./custom/any-api";
import type { ManifestData } from "./manifest";
import { activecampaign } from "./marketing/activecampaign";
import { hubspotMarketing } from "./marketing/hubspot-marketing";
import { mailchimp } from "./marketing/mailchimp";
import { sendgrid } from "./marketing/sendgrid";
import { mcp } from "./mcp/mcp";
import { airtable } from "./productivity/airtable";
import { gmail } from "./productivity/gmail";
import { googleDrive } from "./productivity/google-drive";
import { notion } from "./productivity/notion";
import { vercel } from "./productivity/vercel";

/** Every connector, in the order they are shown. Data as it is written: whoever uses one parses it. */
export const catalogue: readonly ManifestData[] = [
  mcp,
  anyApi,
  dynamics365,
  netsuite,
  odoo,
  sageIntacct,
  sapS4hana,
  hubspot,
  pipedrive,
  salesforce,
  zohoCrm,
  bamboohr,
  personio,
  sapSuccessfactors,
  workday,
  datev,
  lexoffice,
  quickbooks,
  sageAccounting,
  stripe,
  xero,
  bigquery,
  databricks,
  powerBi,
  snowflake,
  tableau,
  activecampaign,
  hubspotMarketing,
  mailchimp,
  sendgrid,
  amazonSellingPartner,
  magento,
  shopify,
  woocommerce,
  googleWorkspace,
  microsoft365,
  microsoftTeams,
  slack,
  confluence,
  github,
  gitlab,
  jira,
  aws,
  azure,
  cloudflare,
  digitalocean,
  gcp,
  elasticsearch,
  mongodb,
  mysql,
  postgresql,
  redis,
  airtable,
  gmail,
  googleDrive,
  notion,
  vercel,
];
