// `npm run build:web`: the dashboard's files, for a deployment to take.
import { buildWeb, webFolder } from "./build.ts";

await buildWeb();
console.log(`The dashboard is built: ${webFolder}`);
