// How soon the dashboard is there, answers a hand and moves, in Chromium.

export type PhoneRow = {
  page: string;
  /** Largest contentful paint. */
  lcpMs: number;
  /** Until everything the page asks the hub for stands on it. */
  readyMs: number;
  /** Cumulative layout shift. */
  cls: number;
  /** The slowest interaction until the next paint. */
  inpMs: number;
};

export type LighthouseRow = {
  page: string;
  performance: number;
  accessibility: number;
  bestPractices: number;
};

export type Dashboard = {
  /** On a phone: four times less CPU, 1.6 Mbit/s, 150 ms there and back. */
  phone: PhoneRow[];
  /** From one page to another whose code is there: from the press to the painted page. */
  routeP50Ms: number;
  routeP95Ms: number;
  activity: {
    executions: number;
    firstMs: number;
    rows: number;
    framesPerSecond: number;
    p95FrameMs: number;
  };
  /** From the choice of a tool with so many arguments to its painted form. */
  form: { arguments: number; medianMs: number };
  lighthouse: LighthouseRow[];
};

/** What drives the browser reads the dashboard's own words, and so is loaded as it is. */
export async function timeDashboard(): Promise<Dashboard> {
  const { runnerImport } = await import("vite");
  type Speed = { measureDashboard: () => Promise<Dashboard> };
  const { module } = await runnerImport<Speed>("./suites/browser/speed/index.ts");
  return module.measureDashboard();
}
