import { commerce } from "./commerce";
import { crm } from "./crm";
import { data } from "./data";
import type { Documented } from "./documented";
import { erp } from "./erp";
import { finance } from "./finance";
import { google } from "./google";
import { hr } from "./hr";
import { microsoft } from "./microsoft";
import { productivity } from "./productivity";
import { teamwork } from "./teamwork";
import { aws } from "./aws";
import { anyApi } from "./any-api";

export const documented: readonly Documented[] = [
  ...erp,
  ...crm,
  ...hr,
  ...finance,
  ...data,
  ...google,
  ...microsoft,
  ...commerce,
  ...teamwork,
  ...productivity,
  ...anyApi,
  ...aws,
];
